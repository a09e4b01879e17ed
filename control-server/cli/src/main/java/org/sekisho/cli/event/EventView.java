package org.sekisho.cli.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.sekisho.cli.Texts;
import org.sekisho.cli.output.Output;
import org.sekisho.cli.output.Table;

/** An event in words. */
public final class EventView {
    private final Texts texts;
    private final Output output;

    public EventView(Texts texts, Output output) {
        this.texts = texts;
        this.output = output;
    }

    /** The cells of a row under {@code events.headings}. */
    public String[] cells(JsonNode event) {
        return new String[] {
            output.time(event.path("occurredAt")),
            event.path("terminal").asText(""),
            event.path("user").asText(""),
            what(event),
            verdict(event),
            texts.word("severity", event.path("severity").asText("")),
            event.path("rule").asText(""),
            labels(event),
            event.path("masked").asText("")
        };
    }

    String liveLine(JsonNode event) {
        return new Table("", "", "", "", "", "", "", "", "")
                .row(cells(event))
                .lines()
                .getLast();
    }

    /** The verdict, and whether it was carried out. */
    private String verdict(JsonNode event) {
        String verdict = event.path("verdict").asText("");
        if (verdict.isEmpty()) {
            return "";
        }
        String word = texts.word("verdict", verdict);
        return event.path("enforced").asBoolean(true) ? word : texts.text("events.not-enforced", word);
    }

    private String what(JsonNode event) {
        String channel = event.path("channel").asText("");
        return channel.isEmpty() ? texts.word("kind", event.path("kind").asText("")) : texts.word("channel", channel);
    }

    private String labels(JsonNode event) {
        return StreamSupport.stream(event.path("labels").spliterator(), false)
                .map(label -> texts.word("label", label.path("label").asText("")) + "×"
                        + label.path("count").asText("") + " ("
                        + texts.word("grade", label.path("grade").asText(""))
                        + ")")
                .collect(Collectors.joining(", "));
    }
}
