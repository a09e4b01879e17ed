package org.sekisho.control.contract;

import static org.sekisho.control.contract.PublishedClient.NONE;
import static org.sekisho.control.contract.PublishedClient.items;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;
import org.sekisho.control.identity.Role;
import org.sekisho.control.testing.TestJournal;
import org.sekisho.control.testing.TestTerminal;

/** What is made of events, and what responders do about it. */
final class IncidentStory {
    private final PublishedClient client;

    IncidentStory(PublishedClient client) {
        this.client = client;
    }

    Stream<Executable> parts() {
        return Stream.of(this::look, this::work, this::report, this::rule, this::follow);
    }

    private void look() {
        Map<String, Long> id = Map.of("id", opened());
        opened();
        client.call("countIncidents");
        client.call("getIncident", id);
        client.call("getIncidentTimeline", id);
        client.call("listSimilarIncidents", id);
        client.as(client.api().withRole(Role.Name.AUDITOR)).call("getEvidence", id);
    }

    private void work() {
        long id = opened();
        Map<String, Long> both = Map.of("id", id, "other", opened());
        client.call("linkIncidents", both);
        client.call("unlinkIncidents", both);
        client.call(
                "updateIncident",
                Map.of("id", id),
                Map.of(
                        "state",
                        "CLOSED",
                        "owner",
                        "sato",
                        "note",
                        "asked",
                        "tags",
                        List.of("slip"),
                        "finding",
                        Map.of("kind", "TECHNICAL", "text", "disk"),
                        "version",
                        version(id)));
    }

    private void report() {
        long id = opened();
        client.call(
                "setReportClock",
                Map.of("id", id),
                Map.of("knownAt", "2026-01-01T00:00:00Z", "wrongful", false, "people", 3, "version", version(id)));
        Map<String, Object> draft = Map.of("id", id, "stage", "FINAL");
        client.call("getReportDraft", draft);
        client.call(
                "setReportDraft",
                draft,
                Map.of("items", List.of(Map.of("item", "PUBLICATION", "text", "none")), "version", 0));
        client.call("downloadReportDraft", draft);
        client.call("downloadReportDraft", Map.of("id", id, "stage", "FINAL", "format", "txt"));
    }

    private void rule() {
        JsonNode rules = client.call("getIncidentRules").json();
        client.call("previewIncidentRules", NONE, Map.of("rules", rules.get("rules"), "days", 7));
        client.call(
                "setIncidentRules",
                NONE,
                Map.of("rules", rules.get("rules"), "version", rules.get("version"), "reason", "coverage"));
    }

    private void follow() {
        client.follow("streamIncidents", this::opened);
    }

    private long version(long id) {
        return client.call("getIncident", Map.of("id", id))
                .json()
                .get("version")
                .asLong();
    }

    private long opened() {
        TestTerminal terminal = TestTerminal.enrolIn(client.api(), "総務部/税務課");
        TestJournal journal = TestJournal.of(terminal);
        try (TestTerminal.Stream stream = terminal.connect(journal)) {
            stream.events(List.of(journal.blocked("hanako"), journal.checkpoint()));
            stream.awaitAck(2);
        }
        return items(client.call("listIncidents", Map.of("terminal", terminal.id())))
                .getFirst()
                .get("id")
                .asLong();
    }
}
