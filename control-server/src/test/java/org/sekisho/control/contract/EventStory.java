package org.sekisho.control.contract;

import static org.sekisho.control.contract.PublishedClient.NONE;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;
import org.sekisho.control.testing.Publishing;
import org.sekisho.control.testing.TestJournal;
import org.sekisho.control.testing.TestTerminal;
import org.sekisho.v1.Decision;
import org.sekisho.v1.Severity;
import org.sekisho.v1.Verdict;

/** What terminals report, searched, counted, taken away and explained. */
final class EventStory {
    private static final String YAML = """
            segment: lgwan
            name: events
            defaults:
              - {channel: media, verdict: audit}
              - {channel: clipboard, verdict: audit}
            rules:
              - {id: numbers, channel: clipboard, content: [{label: my_number}], verdict: block}
            """;

    private final PublishedClient client;

    EventStory(PublishedClient client) {
        this.client = client;
    }

    Stream<Executable> parts() {
        return Stream.of(this::search, this::follow, this::save);
    }

    private void search() {
        long revision = Publishing.publish(client.api(), YAML).get("revision").asLong();
        TestTerminal terminal = TestTerminal.enrol(client.api(), "LGWAN");
        TestJournal journal = TestJournal.of(terminal);
        try (TestTerminal.Stream stream = terminal.connect(journal)) {
            stream.events(List.of(
                    journal.add(event ->
                            event.setAttempt(TestJournal.paste("hanako", Verdict.BLOCK, Severity.MEDIUM).toBuilder()
                                    .setDecision(Decision.newBuilder()
                                            .setVerdict(Verdict.BLOCK)
                                            .setSeverity(Severity.MEDIUM)
                                            .setRule("numbers")
                                            .setRevision(revision)))),
                    journal.stopped()));
            stream.awaitAck(2);
        }
        Map<String, String> here = Map.of("terminal", terminal.id());
        Map<String, Object> event = Map.of("terminal", terminal.id(), "seq", 1);
        client.call("listEvents", here);
        client.call("getEvent", event);
        client.call("explainEvent", event);
        client.call("countEvents", here);
        client.call("downloadEvents", here);
        client.call("downloadEvents", Map.of("terminal", terminal.id(), "format", "json"));
    }

    private void follow() {
        TestTerminal terminal = TestTerminal.enrol(client.api());
        TestJournal journal = TestJournal.of(terminal);
        try (TestTerminal.Stream stream = terminal.connect(journal)) {
            client.follow("streamEvents", () -> {
                stream.events(journal.pastes(1));
                stream.awaitAck(journal.head().seq());
            });
        }
    }

    private void save() {
        JsonNode saved = client.call(
                        "createSavedSearch", NONE, Map.of("name", "s" + UUID.randomUUID(), "query", "verdict=BLOCK"))
                .json();
        client.call("listSavedSearches");
        client.call("deleteSavedSearch", Map.of("id", saved.get("id")));
    }
}
