package org.sekisho.cli.policy;

import com.fasterxml.jackson.databind.JsonNode;
import org.sekisho.cli.Texts;
import org.sekisho.cli.Workbench;
import org.sekisho.cli.output.Output;

/** Says what came of a publication: a revision, a pilot, or a proposal that waits for a second person. */
final class PublishedView {
    private final Texts texts;
    private final Output output;

    PublishedView(Workbench workbench) {
        this.texts = workbench.texts();
        this.output = workbench.output();
    }

    /** Whether the server made a proposal of it. */
    static boolean waitsForConsent(JsonNode answer) {
        return answer.has("proposedBy");
    }

    void print(JsonNode answer) {
        String segment = texts.word("segment", answer.path("segment").asText());
        if (waitsForConsent(answer)) {
            output.line(texts.text("publish.waits", segment, answer.path("id").asText()));
            return;
        }
        boolean pilot = answer.path("stage").path("state").asText("").equals("PILOT");
        output.line(texts.text(
                pilot ? "publish.pilot" : "publish.done",
                segment,
                answer.path("revision").asText()));
    }
}
