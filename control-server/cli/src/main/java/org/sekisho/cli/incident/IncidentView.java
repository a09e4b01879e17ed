package org.sekisho.cli.incident;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.StringJoiner;
import org.sekisho.cli.Texts;
import org.sekisho.cli.event.EventView;
import org.sekisho.cli.output.Output;
import org.sekisho.cli.output.Table;

/** An incident in words. */
final class IncidentView {
    private final Texts texts;
    private final Output output;

    IncidentView(Texts texts, Output output) {
        this.texts = texts;
        this.output = output;
    }

    String[] cells(JsonNode incident) {
        return new String[] {
            incident.path("id").asText(""),
            texts.word("incident-state", incident.path("state").asText("")),
            texts.word("severity", incident.path("severity").asText("")),
            output.time(incident.path("lastAt")),
            incident.path("count").asText(""),
            incident.path("host").asText(incident.path("terminal").asText("")),
            incident.path("user").asText(""),
            incident.path("owner").asText(""),
            title(incident)
        };
    }

    String[] similarCells(JsonNode similar) {
        String[] incident = cells(similar.path("incident"));
        String[] all = Arrays.copyOf(incident, incident.length + 1);
        StringJoiner why = new StringJoiner(", ");
        similar.path("why").forEach(one -> why.add(texts.word("likeness", one.asText(""))));
        all[incident.length] = why.toString();
        return all;
    }

    String[] timelineCells(JsonNode entry) {
        return new String[] {
            output.time(entry.path("at")),
            texts.word("relation", entry.path("relation").asText("")),
            entry.path("terminal").asText(""),
            entry.path("kind").asText(""),
            entry.path("channel").asText(""),
            entry.path("verdict").asText(""),
            entry.path("rule").asText(""),
            entry.path("what").asText(entry.path("by").asText(""))
        };
    }

    void print(JsonNode incident) {
        output.line(title(incident));
        output.line("");
        Table facts = new Table(texts.text("incidents.headings").split("\\|", -1)).row(cells(incident));
        output.table(facts, "incidents.none");
        if (incident.path("finding").isObject()) {
            JsonNode finding = incident.path("finding");
            output.line(texts.text(
                    "incidents.finding-line",
                    texts.word("finding", finding.path("kind").asText("")),
                    finding.path("by").asText(""),
                    finding.path("text").asText("")));
        }
        output.line("");
        for (JsonNode note : incident.path("notes")) {
            output.line(texts.text(
                    "incidents.note-line",
                    output.time(note.path("at")),
                    note.path("by").asText(""),
                    note.path("text").asText("")));
        }
        Table events = new Table(texts.text("events.headings").split("\\|", -1));
        EventView view = new EventView(texts, output);
        incident.path("events").forEach(event -> events.row(view.cells(event)));
        output.table(events, "events.none");
    }

    private String title(JsonNode incident) {
        JsonNode title = incident.path("title");
        return title.path(texts.tag()).asText(title.path("ja").asText(""));
    }
}
