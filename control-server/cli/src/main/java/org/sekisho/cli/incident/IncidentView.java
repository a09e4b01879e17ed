package org.sekisho.cli.incident;

import com.fasterxml.jackson.databind.JsonNode;
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

    void print(JsonNode incident) {
        output.line(title(incident));
        output.line("");
        Table facts = new Table(texts.text("incidents.headings").split("\\|", -1)).row(cells(incident));
        output.table(facts, "incidents.none");
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
