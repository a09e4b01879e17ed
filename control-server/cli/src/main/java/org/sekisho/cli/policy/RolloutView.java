package org.sekisho.cli.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import org.sekisho.cli.Texts;
import org.sekisho.cli.output.Output;
import org.sekisho.cli.output.Table;

/** Names the terminals that don't run a revision, and why. */
final class RolloutView {
    private final Texts texts;
    private final Output output;

    RolloutView(Texts texts, Output output) {
        this.texts = texts;
        this.output = output;
    }

    void printLaggards(Rollout rollout) {
        Table table = new Table(texts.text("publish.laggard-headings").split("\\|", -1));
        Stream.concat(rollout.refused().stream(), rollout.lagging().stream()).forEach(terminal -> row(table, terminal));
        if (!table.isEmpty()) {
            output.table(table, "terminals.none");
        }
        if (rollout.away() > 0) {
            output.line(texts.text("publish.away", rollout.away()));
        }
    }

    private void row(Table table, JsonNode terminal) {
        table.row(
                terminal.path("terminal").asText(""),
                terminal.path("host").asText(""),
                texts.word("progress", terminal.path("progress").asText("NONE")),
                output.time(terminal.path("at")),
                terminal.path("detail").asText(""));
    }
}
