package org.sekisho.cli.policy;

import com.fasterxml.jackson.databind.JsonNode;
import org.sekisho.cli.Texts;
import org.sekisho.cli.output.Output;
import org.sekisho.cli.output.Table;

/** Prints what a draft changes, each change with its direction. */
final class ChangesView {
    private final Texts texts;
    private final Output output;

    ChangesView(Texts texts, Output output) {
        this.texts = texts;
        this.output = output;
    }

    void print(JsonNode changes) {
        Table table = new Table(texts.text("diff.headings").split("\\|", -1));
        for (JsonNode change : changes) {
            JsonNode message = change.path("message");
            table.row(
                    texts.word("direction", change.path("direction").asText("")),
                    change.path("rule").asText(""),
                    change.path("field").asText(""),
                    message.path(texts.tag()).asText(message.path("ja").asText("")));
        }
        output.table(table, "diff.none");
    }
}
