package org.sekisho.control.export;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Syslog messages (RFC 5424). Pure. */
final class SyslogText {
    /** Log audit: facility 13. */
    private static final int FACILITY = 13;
    /** Reserved for documentation (RFC 5612); Sekisho has no enterprise number of its own. */
    private static final String ELEMENT = "sekisho@32473";

    private SyslogText() {}

    /** Header and this message. */
    static String of(ExportedEvent event, String structured, String message) {
        int priority = FACILITY * 8 + level(event.view().severity());
        Instant at = event.view().occurredAt().truncatedTo(ChronoUnit.MICROS);
        return "<" + priority + ">1 " + at + " "
                + name(event.host() == null ? event.view().terminal() : event.host(), 255) + " sekisho - "
                + name(event.view().kind(), 32) + " " + structured + " " + message;
    }

    /** The event's fields as structured data, and its line. */
    static String plain(ExportedEvent event) {
        StringBuilder data = new StringBuilder("[" + ELEMENT);
        parameter(data, "uid", event.uid());
        parameter(data, "terminal", event.view().terminal());
        parameter(data, "unit", event.unit());
        parameter(data, "user", event.view().user());
        parameter(data, "channel", event.view().channel());
        parameter(data, "verdict", event.view().verdict());
        parameter(data, "enforcement", event.view().enforcement());
        parameter(data, "severity", event.view().severity());
        parameter(data, "rule", event.view().rule());
        parameter(data, "source", event.view().source());
        parameter(data, "destination", event.view().destination());
        event.view().labels().forEach(label -> parameter(data, "label", label.label() + ":" + label.count()));
        parameter(data, "received", event.view().receivedAt().toString());
        parameter(data, "hash", event.hashHex());
        // The mark says that UTF-8 follows.
        return of(
                event, data.append(']').toString(), "\uFEFF" + line(event.view().masked()));
    }

    private static void parameter(StringBuilder data, String name, @Nullable String value) {
        if (value != null) {
            data.append(' ').append(name).append("=\"");
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                if (c == '"' || c == '\\' || c == ']') {
                    data.append('\\');
                }
                data.append(Character.isISOControl(c) ? ' ' : c);
            }
            data.append('"');
        }
    }

    /** Without what could look like another message. */
    static String line(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    /** Printable US-ASCII without blanks; what has none of it is {@code -}. */
    private static String name(String text, int length) {
        String clean = text.replaceAll("[^!-~]", "");
        return clean.isEmpty() ? "-" : clean.substring(0, Math.min(clean.length(), length));
    }

    /** Syslog's severities: notice, warning, error, critical. */
    private static int level(@Nullable String severity) {
        return switch (severity == null ? "" : severity) {
            case "CRITICAL" -> 2;
            case "HIGH" -> 3;
            case "MEDIUM" -> 4;
            default -> 5;
        };
    }
}
