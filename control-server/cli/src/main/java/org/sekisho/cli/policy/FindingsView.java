package org.sekisho.cli.policy;

import com.fasterxml.jackson.databind.JsonNode;
import org.sekisho.cli.Texts;
import org.sekisho.cli.output.Output;

/** Prints the checker's findings as compilers do, {@code file:line:column: …}, so that editors can jump to them. */
final class FindingsView {
    private final Texts texts;
    private final Output output;

    FindingsView(Texts texts, Output output) {
        this.texts = texts;
        this.output = output;
    }

    /** To standard error, where they explain a failure; scripts that asked for JSON find them in the problem document. */
    void explain(String file, JsonNode findings) {
        if (!output.isJson()) {
            findings.forEach(finding -> output.note(line(file, finding)));
        }
    }

    /** To standard output, where they are the result. */
    void print(String file, JsonNode findings) {
        findings.forEach(finding -> output.line(line(file, finding)));
    }

    private String line(String file, JsonNode finding) {
        StringBuilder place = new StringBuilder(file);
        if (finding.path("line").asInt(0) > 0) {
            place.append(':').append(finding.path("line").asInt());
            if (finding.path("column").asInt(0) > 0) {
                place.append(':').append(finding.path("column").asInt());
            }
        }
        JsonNode message = finding.path("message");
        return texts.text(
                "finding.line",
                place.toString(),
                texts.word("finding-severity", finding.path("severity").asText("")),
                message.path(texts.tag()).asText(message.path("ja").asText("")),
                finding.path("code").asText(""));
    }
}
