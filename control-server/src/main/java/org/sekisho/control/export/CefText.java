package org.sekisho.control.export;

import org.jspecify.annotations.Nullable;
import org.sekisho.control.event.EventView;

/** Common Event Format, version 0: what the widespread log managers read. Pure. */
final class CefText {
    private CefText() {}

    static String of(ExportedEvent event) {
        EventView view = event.view();
        StringBuilder text = new StringBuilder("CEF:0|Sekisho|Sekisho|0.1|");
        text.append(header(view.kind() + (view.channel() == null ? "" : "." + view.channel())))
                .append('|')
                .append(header(name(view)))
                .append('|')
                .append(severity(view.severity()))
                .append('|');
        extension(text, "rt", String.valueOf(view.occurredAt().toEpochMilli()));
        extension(text, "externalId", event.uid());
        extension(text, "dvchost", event.host() == null ? view.terminal() : event.host());
        extension(text, "suser", view.user());
        extension(text, "act", view.verdict());
        extension(text, "outcome", view.enforcement());
        extension(text, "sproc", view.source());
        extension(text, "dproc", view.destination());
        extension(text, "cnt", String.valueOf(view.count()));
        custom(text, 1, "rule", view.rule());
        custom(text, 2, "orgUnit", event.unit());
        custom(
                text,
                3,
                "labels",
                view.labels().isEmpty()
                        ? null
                        : String.join(
                                ",",
                                view.labels().stream()
                                        .map(label -> label.label() + ":" + label.count())
                                        .toList()));
        custom(text, 4, "chainHash", event.hashHex());
        extension(text, "msg", view.masked());
        return text.toString().stripTrailing();
    }

    private static String name(EventView view) {
        if (view.channel() == null) {
            return view.kind();
        }
        return view.verdict() == null ? view.channel() : view.channel() + " " + view.verdict();
    }

    private static void custom(StringBuilder text, int number, String label, @Nullable String value) {
        if (value != null) {
            extension(text, "cs" + number + "Label", label);
            extension(text, "cs" + number, value);
        }
    }

    private static void extension(StringBuilder text, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            text.append(name)
                    .append('=')
                    .append(SyslogText.line(value).replace("\\", "\\\\").replace("=", "\\="))
                    .append(' ');
        }
    }

    private static String header(String value) {
        return SyslogText.line(value).replace("\\", "\\\\").replace("|", "\\|");
    }

    /** 0 to 10. */
    private static int severity(@Nullable String severity) {
        return switch (severity == null ? "" : severity) {
            case "CRITICAL" -> 10;
            case "HIGH" -> 8;
            case "MEDIUM" -> 5;
            case "LOW" -> 3;
            default -> 1;
        };
    }
}
