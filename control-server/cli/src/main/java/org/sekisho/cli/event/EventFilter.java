package org.sekisho.cli.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sekisho.cli.Times;
import org.sekisho.cli.rest.Query;
import picocli.CommandLine.Option;

/** Which events. What is not stated holds for all. */
final class EventFilter {
    @Option(names = "--terminal", paramLabel = "ID")
    private @Nullable String terminal;

    @Option(names = "--kind", paramLabel = "KIND")
    private @Nullable String kind;

    @Option(names = "--channel", paramLabel = "CHANNEL")
    private @Nullable String channel;

    @Option(names = "--verdict", paramLabel = "VERDICT")
    private @Nullable String verdict;

    @Option(names = "--user", paramLabel = "NAME")
    private @Nullable String user;

    @Option(names = "--rule", paramLabel = "ID")
    private @Nullable String rule;

    @Option(names = "--label", paramLabel = "LABEL")
    private @Nullable String label;

    @Option(names = "--severity", paramLabel = "SEVERITY")
    private @Nullable String severity;

    @Option(names = "--from", paramLabel = "TIME")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME")
    private @Nullable String to;

    @Option(names = "--query", paramLabel = "TEXT")
    private @Nullable String text;

    /** As the server's search takes it. */
    Query query(Times times) {
        return live().with("from", from == null ? null : times.past(from).toString())
                .with("to", to == null ? null : times.past(to).toString());
    }

    /** As the server's stream takes it: what is to come has no from and to. */
    Query live() {
        return new Query()
                .with("terminal", terminal)
                .with("kind", name(kind))
                .with("channel", name(channel))
                .with("verdict", name(verdict))
                .with("user", user)
                .with("rule", rule)
                .with("label", label)
                .with("severity", name(severity))
                .with("q", text);
    }

    /** Whether a live event is one of them; the stream itself may carry more. */
    boolean matches(JsonNode event) {
        return same(terminal, event, "terminal")
                && same(name(kind), event, "kind")
                && same(name(channel), event, "channel")
                && same(name(verdict), event, "verdict")
                && same(user, event, "user")
                && same(rule, event, "rule")
                && same(name(severity), event, "severity")
                && (text == null
                        || event.path("masked")
                                .asText("")
                                .toLowerCase(Locale.ROOT)
                                .contains(text.toLowerCase(Locale.ROOT)))
                && (label == null
                        || event.path("labels").findValuesAsText("label").contains(label));
    }

    private static boolean same(@Nullable String wanted, JsonNode event, String field) {
        return wanted == null || wanted.equalsIgnoreCase(event.path(field).asText(""));
    }

    private static @Nullable String name(@Nullable String typed) {
        return typed == null ? null : typed.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
