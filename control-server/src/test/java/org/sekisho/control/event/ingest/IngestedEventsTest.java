package org.sekisho.control.event.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.sekisho.control.testing.ServerUnderTest;
import org.sekisho.control.testing.TestJournal;
import org.sekisho.control.testing.TestTerminal;
import org.sekisho.v1.ChainedEvent;

/** What operators see of what came in. */
@QuarkusTest
@QuarkusTestResource(ServerUnderTest.class)
class IngestedEventsTest extends IngestRig {
    @Test
    void joinsRepeatedAttemptsInOneIncident() {
        for (int attempt = 0; attempt < 30; attempt++) {
            journal.blocked("hanako");
        }
        journal.blocked("jiro");
        journal.pastes(5);
        try (TestTerminal.Stream stream = terminal.connect(journal)) {
            stream.events(journal.from(1));
            stream.awaitAck(36);
            journal.blocked("hanako");
            stream.events(journal.from(37));
            stream.awaitAck(37);
        }
        JsonNode list = api.get("/api/v1/incidents?terminal=" + terminal.id() + "&user=hanako")
                .json()
                .get("items");
        assertThat(list).hasSize(1);
        JsonNode incident =
                api.get("/api/v1/incidents/" + list.get(0).get("id").asLong()).json();
        assertThat(incident.get("count").asLong()).isEqualTo(31);
        assertThat(incident.get("kind").asText()).isEqualTo("ATTEMPT");
        assertThat(incident.get("rule").asText()).isEqualTo("no-numbers");
        assertThat(incident.get("channel").asText()).isEqualTo("CLIPBOARD");
        assertThat(incident.get("title").get("ja").asText()).isNotBlank();
        assertThat(incident.get("events")).hasSize(31);
        assertThat(incidents()).hasSize(2);

        // Once closed, a repetition is a new story.
        api.patch(
                "/api/v1/incidents/" + incident.get("id").asLong(),
                Map.of(
                        "state",
                        "CLOSED",
                        "finding",
                        Map.of("kind", "MISTAKE", "text", "a slip"),
                        "version",
                        incident.get("version").asLong()));
        try (TestTerminal.Stream stream = terminal.connect(journal)) {
            stream.events(List.of(journal.blocked("hanako")));
            stream.awaitAck(38);
        }
        assertThat(incidents()).hasSize(3);
    }

    @Test
    void surviveOddValues() {
        ChainedEvent odd = journal.add(event -> event.setOccurredAtMicros(Long.MAX_VALUE)
                .setAttempt(TestJournal.paste(
                        "a\0b" + "長".repeat(5_000), org.sekisho.v1.Verdict.ALLOW, org.sekisho.v1.Severity.LOW)));
        try (TestTerminal.Stream stream = terminal.connect(journal)) {
            stream.events(List.of(odd));
            stream.awaitAck(1);
        }
        assertThat(api.get("/api/v1/events?terminal=" + terminal.id()).status()).isEqualTo(200);
        assertThat(stored()).containsExactly(1L);
    }

    @Test
    void showsWhatIsStored() {
        journal.blocked("hanako");
        journal.stopped();
        try (TestTerminal.Stream stream = terminal.connect(journal)) {
            stream.events(journal.from(1));
            stream.awaitAck(2);
        }
        JsonNode event = api.get("/api/v1/events/" + terminal.id() + "/1").json();
        assertThat(event.get("kind").asText()).isEqualTo("ATTEMPT");
        assertThat(event.get("verdict").asText()).isEqualTo("BLOCK");
        assertThat(event.get("enforced").asBoolean()).isTrue();
        assertThat(event.get("user").asText()).isEqualTo("hanako");
        assertThat(event.get("source").asText()).isEqualTo("/usr/bin/juki");
        assertThat(event.get("destination").asText()).isEqualTo("/usr/bin/mail");
        assertThat(event.get("labels").get(0).get("grade").asText()).isEqualTo("high");
        assertThat(event.get("masked").asText()).contains("juki → mail", "my_number × 2");
        assertThat(event.get("incident").asLong()).isPositive();
        assertThat(event.get("detail")
                        .get("attempt")
                        .get("attempt")
                        .get("bytes")
                        .asText())
                .isEqualTo("240");
        assertThat(event.get("boot").asText()).hasSize(32);
        assertThat(listed("").has("detail")).isFalse();
        assertThat(listed("&detail=true")).isEqualTo(event);

        for (String query : List.of(
                "kind=ATTEMPT",
                "channel=CLIPBOARD",
                "verdict=BLOCK",
                "user=hanako",
                "rule=no-numbers",
                "label=my_number",
                "severity=MEDIUM",
                "from=2020-01-01T00:00:00Z",
                "q=juki")) {
            assertThat(api.get("/api/v1/events?terminal=" + terminal.id() + "&" + query)
                            .json()
                            .get("items"))
                    .as(query)
                    .extracting(item -> item.get("seq").asLong())
                    .contains(1L);
        }
        for (String query : List.of(
                "kind=LOSS",
                "channel=PRINT",
                "verdict=ALLOW",
                "user=x",
                "rule=x",
                "label=x",
                "severity=HIGH",
                "to=2020-01-01T00:00:00Z",
                "q=zzz")) {
            assertThat(api.get("/api/v1/events?terminal=" + terminal.id() + "&" + query)
                            .json()
                            .get("items"))
                    .as(query)
                    .isEmpty();
        }
        assertThat(api.get("/api/v1/events?kind=NONSENSE").status()).isEqualTo(400);
        assertThat(api.get("/api/v1/events?from=yesterday").status()).isEqualTo(400);
        assertThat(api.get("/api/v1/events?after=nonsense").status()).isEqualTo(400);
    }

    private JsonNode listed(String how) {
        return api.get("/api/v1/events?terminal=" + terminal.id() + "&rule=no-numbers&limit=1" + how)
                .json()
                .get("items")
                .get(0);
    }

    @Test
    void pagesWithoutLossWhileNewEventsComeIn() {
        try (TestTerminal.Stream stream = terminal.connect(journal)) {
            stream.events(journal.pastes(25));
            stream.awaitAck(25);
            List<Long> seen = new ArrayList<>();
            String next = "";
            do {
                JsonNode page = api.get("/api/v1/events?limit=10&terminal=" + terminal.id()
                                + (next.isEmpty() ? "" : "&after=" + next))
                        .json();
                page.get("items").forEach(item -> seen.add(item.get("seq").asLong()));
                next = page.get("next").asText("");
                stream.events(journal.pastes(3));
                stream.awaitAck(journal.head().seq());
            } while (!next.isEmpty() && !next.equals("null"));
            assertThat(seen)
                    .containsExactlyElementsOf(LongStream.rangeClosed(1, 25)
                            .mapToObj(seq -> 26 - seq)
                            .toList());
        }
    }
}
