package org.sekisho.cli.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.sekisho.cli.Texts;
import org.sekisho.cli.output.Output;
import org.sekisho.cli.output.Table;

/** Prints what a draft would have stopped and let through: the sentence, then whose acts, then the rules that nothing came to. */
final class SimulationView {
    private final Texts texts;
    private final Output output;

    SimulationView(Texts texts, Output output) {
        this.texts = texts;
        this.output = output;
    }

    void print(JsonNode report, int days) {
        output.line(texts.text(
                "simulate.summary",
                days,
                report.path("acts").asLong(),
                report.path("newlyStopped").asLong(),
                report.path("newlyAllowed").asLong()));
        if (report.path("auditOnly").asBoolean()) {
            output.line(texts.text("simulate.audit-only"));
        }
        if (report.path("truncated").asBoolean()) {
            output.line(texts.text("simulate.truncated", report.path("attempts").asLong()));
        }
        output.table(groups(report), "simulate.none");
        List<String> unused = unused(report);
        if (!unused.isEmpty()) {
            output.line(texts.text("simulate.unused", String.join(", ", unused)));
        }
    }

    private Table groups(JsonNode report) {
        Table table = new Table(texts.text("simulate.headings").split("\\|", -1));
        for (JsonNode group : report.path("groups")) {
            JsonNode newest = group.path("examples").path(0);
            table.row(
                    group.path("orgUnit").asText(""),
                    texts.word("channel", group.path("channel").asText("")),
                    texts.word("verdict", group.path("before").asText("")),
                    texts.word("verdict", group.path("after").asText("")),
                    group.path("ruleBefore").asText(""),
                    group.path("ruleAfter").asText(""),
                    group.path("acts").asText(""),
                    group.path("people").asText(""),
                    newest.isMissingNode()
                            ? ""
                            : newest.path("terminal").asText("") + "/"
                                    + newest.path("seq").asText(""));
        }
        return table;
    }

    private static List<String> unused(JsonNode report) {
        List<String> names = new ArrayList<>();
        for (JsonNode rule : report.path("rules")) {
            if (rule.path("acts").asLong() == 0 && !rule.path("disabled").asBoolean()) {
                names.add(rule.path("rule").asText());
            }
        }
        return names;
    }
}
