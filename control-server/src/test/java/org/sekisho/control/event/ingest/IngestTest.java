package org.sekisho.control.event.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.ServerUnderTest;
import org.sekisho.control.testing.TestJournal;
import org.sekisho.control.testing.TestTerminal;
import org.sekisho.v1.ChainedEvent;
import org.sekisho.v1.Event;
import org.sekisho.v1.ServerMessage;
import org.sekisho.v1.ServerMessage.MessageCase;
import org.sekisho.v1.TerminalMessage;

@QuarkusTest
@QuarkusTestResource(ServerUnderTest.class)
class IngestTest {
    @Inject
    Jdbi jdbi;

    private final Api api = Api.administrator();
    private final TestTerminal terminal = TestTerminal.enrol(api);
    private final TestJournal journal = TestJournal.of(terminal);

    @Test
    void storesEachEventOnceHoweverOftenItIsSent() {
        List<ChainedEvent> first = journal.pastes(500);
        try (TestTerminal.Stream stream = terminal.connect(journal)) {
            stream.events(first);
            stream.events(first);
            stream.events(first.subList(100, 300));
            stream.events(journal.pastes(1));
            stream.awaitAck(501);
        }
        // The answer was lost on the way: the terminal sends all of it again.
        try (TestTerminal.Stream again = terminal.connect(journal)) {
            again.events(journal.from(1));
            again.awaitAck(501);
        }

        assertThat(stored())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 501).boxed().toList());
        assertThat(incidents()).isEmpty();
        assertThat(get().get("chain").asText()).isEqualTo("WHOLE");
        assertThat(get().get("durableSeq").asLong()).isEqualTo(501);
    }

    @Test
    void asksForWhatIsMissingAndTakesItThen() {
        journal.pastes(300);
        try (TestTerminal.Stream stream = terminal.connect(journal)) {
            stream.events(journal.from(1).subList(0, 100));
            stream.events(journal.from(201));
            assertThat(stream.await(MessageCase.HISTORY_REQUEST)
                            .getHistoryRequest()
                            .getFromSeq())
                    .isEqualTo(101);
            stream.events(journal.from(101));
            stream.awaitAck(300);
        }
        assertThat(stored()).hasSize(300);
        assertThat(incidents()).isEmpty();
    }

    @Test
    void raisesAGapThatTheTerminalCannotFill() {
        journal.pastes(300);
        try (TestTerminal.Stream stream = terminal.connect(journal)) {
            stream.events(journal.from(1).subList(0, 100));
            stream.events(journal.from(201).subList(0, 50));
            // Sent before the question arrived.
            stream.events(journal.from(251));
            stream.await(MessageCase.HISTORY_REQUEST);
            stream.events(journal.from(201));
            stream.awaitAck(300);
        }
        assertThat(stored()).hasSize(200).doesNotContain(101L, 200L);
        assertThat(incidents()).containsExactly("CHAIN_GAP");
        assertThat(get().get("chain").asText()).isEqualTo("BROKEN");
    }

    @Test
    void keepsASecondHistoryApart() {
        journal.pastes(50);
        TestJournal other = journal.snapshot(30);
        try (TestTerminal.Stream stream = terminal.connect(journal)) {
            stream.events(journal.from(1));
            stream.awaitAck(50);
            other.pastes(40);
            stream.events(other.from(31));
            stream.awaitAck(70);
            stream.events(other.pastes(1));
            stream.awaitAck(71);
        }
        assertThat(incidents()).containsExactly("CHAIN_FORK");
        assertThat(get().get("chain").asText()).isEqualTo("BROKEN");
        assertThat(storedOn(0)).hasSize(50);
        assertThat(storedOn(1))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(31, 71).boxed().toList());
    }

    @Test
    void noticesAJournalThatWasPutBack() {
        journal.pastes(50);
        try (TestTerminal.Stream stream = terminal.connect(journal)) {
            stream.events(journal.from(1));
            stream.awaitAck(50);
        }
        journal.acknowledged(50);
        TestJournal old = journal.snapshot(30);
        try (TestTerminal.Stream stream = terminal.open()) {
            stream.hello(old.hello());
            assertThat(stream.await(MessageCase.WELCOME).getWelcome().getDurableSeq())
                    .isEqualTo(30);
            assertThat(incidents()).containsExactly("CHAIN_REWIND");
            stream.events(old.pastes(5));
            stream.awaitAck(35);
        }
        assertThat(incidents()).containsExactlyInAnyOrder("CHAIN_REWIND", "CHAIN_FORK");
        assertThat(storedOn(1)).containsExactly(31L, 32L, 33L, 34L, 35L);
    }

    @Test
    void takesEverythingOfAJournalThatShowsAnotherPast() {
        journal.pastes(50);
        try (TestTerminal.Stream stream = terminal.connect(journal)) {
            stream.events(journal.from(1));
            stream.awaitAck(50);
        }
        TestJournal other = TestJournal.of(terminal);
        other.pastes(20);
        try (TestTerminal.Stream stream = terminal.open()) {
            stream.hello(other.hello());
            assertThat(stream.await(MessageCase.WELCOME).getWelcome().getDurableSeq())
                    .isZero();
            assertThat(stream.await(MessageCase.HISTORY_REQUEST)
                            .getHistoryRequest()
                            .getFromSeq())
                    .isEqualTo(1);
            stream.events(other.from(1));
            stream.awaitAck(20);
        }
        assertThat(incidents()).contains("CHAIN_REWIND", "CHAIN_FORK");
        assertThat(storedOn(1)).hasSize(20);
        assertThat(storedOn(0)).hasSize(50);
    }

    @Test
    void asksForHistoryWhenTheServerWasRestored() {
        journal.pastes(50);
        journal.acknowledged(50);
        try (TestTerminal.Stream stream = terminal.open()) {
            stream.hello(journal.hello());
            assertThat(stream.await(MessageCase.WELCOME).getWelcome().getDurableSeq())
                    .isZero();
            assertThat(stream.await(MessageCase.HISTORY_REQUEST)
                            .getHistoryRequest()
                            .getFromSeq())
                    .isEqualTo(1);
            stream.events(journal.from(1));
            stream.awaitAck(50);
        }
        assertThat(incidents()).isEmpty();
        assertThat(stored()).hasSize(50);
    }

    @Test
    void quarantinesAnEventThatWasChanged() {
        List<ChainedEvent> events = new ArrayList<>(journal.pastes(5));
        ChainedEvent honest = events.get(2);
        byte[] body = honest.getBody().toByteArray();
        body[body.length - 1] ^= 1;
        events.set(2, honest.toBuilder().setBody(ByteString.copyFrom(body)).build());
        try (TestTerminal.Stream stream = terminal.connect(journal)) {
            stream.events(events);
            stream.awaitAck(5);
        }
        assertThat(incidents()).hasSize(1).first().asString().startsWith("CHAIN_");
        assertThat(stored()).containsExactly(1L, 2L, 4L, 5L);
        assertThat(quarantined()).isEqualTo(1);
        assertThat(get().get("chain").asText()).isEqualTo("BROKEN");
    }

    @Test
    void quarantinesWhatIsNoEvent() {
        ChainedEvent garbage = ChainedEvent.newBuilder()
                .setPrevHash(ByteString.copyFrom(new byte[32]))
                .setBody(ByteString.copyFromUtf8("not an event"))
                .setHash(ByteString.copyFrom(new byte[32]))
                .build();
        try (TestTerminal.Stream stream = terminal.connect(journal)) {
            stream.events(List.of(garbage));
            stream.awaitAck(1);
        }
        assertThat(incidents()).containsExactly("CHAIN_MALFORMED");
        assertThat(quarantined()).isEqualTo(1);
    }

    @Test
    void refusesAnotherTerminalsEvents() {
        TestTerminal other = TestTerminal.enrol(api);
        List<ChainedEvent> stolen = TestJournal.of(other).pastes(3);
        try (TestTerminal.Stream stream = terminal.connect(journal)) {
            stream.events(stolen);
            stream.awaitAck(3);
        }
        assertThat(incidents()).contains("WRONG_IDENTITY");
        assertThat(stored()).isEmpty();
        assertThat(quarantined()).isEqualTo(3);
    }

    @Test
    void believesAHonestCheckpointAndNoForgedOne() {
        journal.pastes(10);
        journal.checkpoint();
        try (TestTerminal.Stream stream = terminal.connect(journal)) {
            stream.events(journal.from(1));
            stream.awaitAck(11);
            assertThat(incidents()).isEmpty();

            TestTerminal stranger = TestTerminal.enrol(api);
            TestJournal strangers = TestJournal.of(stranger);
            strangers.pastes(11);
            ChainedEvent signedByAnother = strangers.checkpoint();
            journal.add(event -> event.setCheckpoint(parse(signedByAnother).getCheckpoint()));
            stream.events(journal.from(12));
            stream.awaitAck(12);
        }
        assertThat(incidents()).containsExactly("BAD_SIGNATURE");
        assertThat(stored()).hasSize(12);
    }

    @Test
    void endsTheStreamOnTooLargeABatch() {
        List<ChainedEvent> tooMany = journal.pastes(1_001);
        try (TestTerminal.Stream stream = terminal.connect(journal)) {
            stream.events(tooMany);
            assertThat(stream.awaitEnd().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        }
        try (TestTerminal.Stream stream = terminal.connect(journal)) {
            ChainedEvent huge = ChainedEvent.newBuilder()
                    .setBody(ByteString.copyFrom(new byte[2 << 20]))
                    .build();
            stream.events(List.of(huge));
            assertThat(stream.awaitEnd().getCode()).isIn(Status.Code.RESOURCE_EXHAUSTED, Status.Code.CANCELLED);
        }
        assertThat(stored()).isEmpty();
    }

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
    void givesCreditBack() {
        try (TestTerminal.Stream stream = terminal.open()) {
            stream.hello(journal.hello());
            ServerMessage welcome = stream.await(MessageCase.WELCOME);
            assertThat(welcome.getWelcome().getCredit().getEvents()).isGreaterThanOrEqualTo(1_000);
            stream.events(journal.pastes(10));
            assertThat(stream.await(MessageCase.CREDIT).getCredit().getEvents()).isEqualTo(10);
        }
    }

    @Test
    void takesNothingBeforeHello() {
        try (TestTerminal.Stream stream = terminal.open()) {
            stream.send(TerminalMessage.getDefaultInstance());
            assertThat(stream.awaitEnd().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
        }
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

    private static Event parse(ChainedEvent chained) {
        try {
            return Event.parseFrom(chained.getBody());
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private JsonNode get() {
        return api.get("/api/v1/terminals/" + terminal.id()).json();
    }

    private List<String> incidents() {
        return StreamSupport.stream(
                        api.get("/api/v1/incidents?terminal=" + terminal.id())
                                .json()
                                .get("items")
                                .spliterator(),
                        false)
                .map(incident -> incident.get("kind").asText())
                .toList();
    }

    private List<Long> stored() {
        return jdbi.withHandle(
                handle -> handle.createQuery("SELECT seq FROM event WHERE terminal = :id ORDER BY branch, seq")
                        .bind("id", terminal.id())
                        .mapTo(Long.class)
                        .list());
    }

    private List<Long> storedOn(int branch) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT seq FROM event WHERE terminal = :id AND branch = :branch ORDER BY seq")
                .bind("id", terminal.id())
                .bind("branch", branch)
                .mapTo(Long.class)
                .list());
    }

    private int quarantined() {
        return jdbi.withHandle(
                handle -> handle.createQuery("SELECT count(*) FROM event_quarantine WHERE terminal = :id")
                        .bind("id", terminal.id())
                        .mapTo(Integer.class)
                        .one());
    }
}
