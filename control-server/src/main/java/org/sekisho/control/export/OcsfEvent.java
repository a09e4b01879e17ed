package org.sekisho.control.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.event.EventDetail;
import org.sekisho.control.event.EventView;
import org.sekisho.v1.Attempt;

/**
 * Events in the Open Cybersecurity Schema Framework: what passes a clipboard is Clipboard Activity, a device Peripheral
 * Activity; for all else, printing too, OCSF has no class that says what it was, and it is a Base Event with its name. Pure.
 */
final class OcsfEvent {
    /** The schema that these are valid by. */
    static final String VERSION = "1.9.0-dev";

    private static final int OTHER = 99;
    private static final ObjectMapper JSON = new ObjectMapper();

    private OcsfEvent() {}

    static ObjectNode of(ExportedEvent event) {
        EventView view = event.view();
        ObjectNode json = JSON.createObjectNode();
        switch (view.channel() == null || !view.kind().equals("ATTEMPT") ? "" : view.channel()) {
            case "CLIPBOARD" -> clipboard(json, view, attempt(event));
            case "MEDIA" -> media(json, view, attempt(event));
            default -> base(json, view);
        }
        json.put("time", view.occurredAt().toEpochMilli());
        json.put("severity_id", severity(view.severity()));
        json.put("message", view.masked());
        if (view.count() > 1) {
            json.put("count", view.count());
        }
        metadata(json.putObject("metadata"), event);
        ObjectNode device = json.putObject("device");
        device.put("type_id", 0).put("uid", view.terminal());
        if (event.host() != null) {
            device.put("hostname", event.host());
        }
        if (view.verdict() != null) {
            control(json, view);
        }
        ObjectNode attested = json.putArray("attestation_list").addObject();
        attested.put("uid", event.uid()).put("chain_uid", view.terminal() + "/" + view.branch());
        attested.putObject("fingerprint").put("algorithm_id", 3).put("value", event.hashHex());
        json.set("unmapped", new EventDetail(event.stored().event()).tree());
        return json;
    }

    private static void classify(ObjectNode json, int category, int type, int activity) {
        json.put("category_uid", category)
                .put("class_uid", type)
                .put("activity_id", activity)
                .put("type_uid", type * 100L + activity);
    }

    private static void clipboard(ObjectNode json, EventView view, Attempt attempt) {
        boolean copy = attempt.getClipboard().getCopy();
        classify(json, 1, 1012, copy ? 2 : 1);
        json.putObject("clipboard").put("name", "clipboard");
        // Who pastes acts; the source is who copied.
        actor(json, view, copy ? view.source() : view.destination());
        if (!copy && view.source() != null) {
            process(json.putObject("source_process"), view.source());
        }
    }

    private static Attempt attempt(ExportedEvent event) {
        return event.stored().event().getAttempt().getAttempt();
    }

    private static void media(ObjectNode json, EventView view, Attempt attempt) {
        classify(json, 1, 1010, 1);
        ObjectNode device = json.putObject("peripheral_device");
        device.put("name", view.destination() == null ? "unknown" : view.destination())
                .put("type_id", 1);
        String serial = attempt.getMedia().getSerial();
        if (!serial.isEmpty()) {
            device.put("serial_number", serial);
        }
        actor(json, view, null);
    }

    private static void base(ObjectNode json, EventView view) {
        classify(json, 0, 0, OTHER);
        json.put("activity_name", view.channel() == null ? view.kind() : view.kind() + " " + view.channel());
        if (view.user() != null || view.source() != null) {
            actor(json, view, view.source());
        }
    }

    /** Somebody must have acted; where nobody is known it was the agent that saw it. */
    private static void actor(ObjectNode json, EventView view, @Nullable String program) {
        ObjectNode actor = json.putObject("actor");
        if (view.user() != null) {
            actor.putObject("user").put("name", view.user());
        }
        if (program != null) {
            process(actor.putObject("process"), program);
        }
        if (actor.isEmpty()) {
            actor.put("app_name", "sekisho-agent");
        }
    }

    private static void process(ObjectNode process, String path) {
        String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
        process.put("name", name);
        // A process is told by its number, its own identifier, or that of its creator; only its path is known.
        process.put("uid", path);
        process.putObject("file").put("name", name).put("path", path).put("type_id", 1);
    }

    private static void metadata(ObjectNode metadata, ExportedEvent event) {
        metadata.put("version", VERSION).put("uid", event.uid()).put("log_name", "sekisho");
        metadata.put("logged_time", event.view().receivedAt().toEpochMilli());
        metadata.putArray("profiles").add("host").add("security_control").add("record_integrity");
        metadata.putObject("product")
                .put("name", "Sekisho")
                .put("vendor_name", "Sekisho")
                .put("version", "0.1");
    }

    private static void control(ObjectNode json, EventView view) {
        boolean stopped = "BLOCK".equals(view.verdict()) && view.enforced();
        // Action: 1 allowed, 2 denied, 3 observed. Disposition: 1 allowed, 2 blocked, 17 logged.
        json.put("action_id", stopped ? 2 : "ALLOW".equals(view.verdict()) ? 1 : 3);
        json.put("disposition_id", stopped ? 2 : "ALLOW".equals(view.verdict()) ? 1 : 17);
        json.put("is_alert", "BLOCK".equals(view.verdict()));
        if (view.rule() != null) {
            json.putObject("policy").put("name", view.rule()).put("version", String.valueOf(view.revision()));
        }
    }

    /** Informational, low, medium, high, critical. */
    private static int severity(@Nullable String severity) {
        return switch (severity == null ? "" : severity) {
            case "CRITICAL" -> 5;
            case "HIGH" -> 4;
            case "MEDIUM" -> 3;
            case "LOW" -> 2;
            default -> 1;
        };
    }
}
