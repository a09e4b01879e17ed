package org.sekisho.cli.shadow;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.sekisho.cli.Texts;
import org.sekisho.cli.output.Output;
import org.sekisho.cli.output.Table;

/** Shadow copies and their openings in words. */
final class CopyFacts {
    private final Texts texts;
    private final Output output;

    CopyFacts(Texts texts, Output output) {
        this.texts = texts;
        this.output = output;
    }

    void list(JsonNode copies) {
        Table table = new Table(texts.text("shadow-copies.headings").split("\\|", -1));
        for (JsonNode copy : copies) {
            table.row(
                    copy.path("id").asText(""),
                    copy.path("terminal").asText(""),
                    state(copy),
                    output.time(copy.has("keptAt") ? copy.path("keptAt") : copy.path("orderedAt")),
                    output.time(copy.path("expiresAt")),
                    copy.path("bytes").asText(""),
                    custodians(copy));
        }
        output.table(table, "shadow-copies.none");
    }

    void show(JsonNode copy) {
        output.line(texts.text(
                "shadow-copies.about",
                copy.path("id").asText(""),
                state(copy),
                copy.path("terminal").asText("") + "/" + copy.path("seq").asText("-")));
        String failure = copy.path("failure").asText("");
        if (!failure.isEmpty()) {
            output.line(texts.text("shadow-copies.failure", failure));
        }
        output.line(texts.text(
                "shadow-copies.content",
                copy.path("bytes").asText("-"),
                copy.path("sha256").asText("-")));
        output.line(texts.text("shadow-copies.custodians", custodians(copy)));
        output.line(texts.text("shadow-copies.expires", output.time(copy.path("expiresAt"))));
        Table table = new Table(texts.text("shadow-copies.opening-headings").split("\\|", -1));
        for (JsonNode opening : copy.path("openings")) {
            table.row(
                    opening.path("id").asText(""),
                    opening.path("reader").asText(""),
                    texts.word("opening-state", opening.path("state").asText("")),
                    output.time(opening.path("askedAt")),
                    opening.path("approver").asText(""),
                    output.time(opening.path("lapsesAt")),
                    output.time(opening.path("readAt")),
                    opening.path("refusal").asText(opening.path("reason").asText("")));
        }
        output.table(table, "shadow-copies.no-openings");
    }

    private String state(JsonNode copy) {
        return texts.word("shadow-copy-state", copy.path("state").asText(""));
    }

    private static String custodians(JsonNode copy) {
        List<String> names = new ArrayList<>();
        copy.path("custodians").forEach(name -> names.add(name.asText()));
        return String.join(", ", names);
    }
}
