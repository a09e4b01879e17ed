package org.sekisho.cli.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import org.sekisho.cli.Texts;
import org.sekisho.cli.output.Output;
import org.sekisho.cli.output.Table;

/** A terminal in words. */
final class TerminalView {
    private final Texts texts;
    private final Output output;

    TerminalView(Texts texts, Output output) {
        this.texts = texts;
        this.output = output;
    }

    void print(JsonNode terminal) {
        Table table = new Table(texts.text("field"), texts.text("value"));
        fact(table, "id", terminal.path("id").asText(""));
        fact(table, "host", terminal.path("host").asText(""));
        fact(table, "segment", texts.word("segment", terminal.path("segment").asText("")));
        fact(table, "orgUnit", terminal.path("orgUnit").asText(""));
        fact(table, "user", terminal.path("user").asText(""));
        fact(table, "link", link(terminal));
        fact(table, "lastContactAt", output.time(terminal.path("lastContactAt")));
        fact(table, "revision", revision(terminal));
        fact(table, "progress", progress(terminal));
        fact(table, "progressDetail", terminal.path("progressDetail").asText(""));
        fact(table, "chain", texts.word("chain", terminal.path("chain").asText("")));
        fact(table, "backlog", terminal.path("backlog").asText(""));
        fact(table, "os", terminal.path("os").asText(""));
        fact(table, "agentVersion", terminal.path("agentVersion").asText(""));
        fact(table, "certificateExpiresAt", output.time(terminal.path("certificateExpiresAt")));
        fact(table, "enrolledAt", output.time(terminal.path("enrolledAt")));
        output.table(table, "terminals.none");
        channels(terminal.path("channels"));
    }

    private void channels(JsonNode channels) {
        Table table = new Table(texts.text("terminals.channel-headings").split("\\|", -1));
        for (JsonNode channel : channels) {
            table.row(
                    texts.word("channel", channel.path("channel").asText("")),
                    texts.word("mode", channel.path("mode").asText("")),
                    channel.path("detail").asText(""));
        }
        output.line("");
        output.table(table, "terminals.no-channels");
    }

    /** Connected, away, waiting for approval, or out of use. */
    String link(JsonNode terminal) {
        String ended = switch (terminal.path("state").asText("")) {
            case "REVOKED" -> "terminals.revoked-state";
            case "RETIRED" -> "terminals.retired-state";
            case "WAITING" -> "terminals.waiting-state";
            default -> "";
        };
        if (!ended.isEmpty()) {
            return texts.text(ended);
        }
        return texts.text(terminal.path("connected").asBoolean() ? "terminals.connected" : "terminals.away");
    }

    /** What it runs, and what it should run where that differs. */
    String revision(JsonNode terminal) {
        String running = terminal.path("runningRevision").asText("0");
        String intended = terminal.path("intendedRevision").asText(running);
        return running.equals(intended) ? running : running + " → " + intended;
    }

    String progress(JsonNode terminal) {
        return texts.word("progress", terminal.path("progress").asText(""));
    }

    private void fact(Table table, String name, String value) {
        table.row(texts.text("terminal." + name), value);
    }
}
