package org.sekisho.control.event.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.sekisho.control.testing.ServerUnderTest;
import org.sekisho.control.testing.TestJournal;
import org.sekisho.control.testing.TestTerminal;
import org.sekisho.v1.ChainedEvent;
import org.sekisho.v1.Event;
import org.sekisho.v1.ServerMessage.MessageCase;

/** What the server makes of a chain that doesn't fit. */
@QuarkusTest
@QuarkusTestResource(ServerUnderTest.class)
class BrokenChainTest extends IngestRig {
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

    private static Event parse(ChainedEvent chained) {
        try {
            return Event.parseFrom(chained.getBody());
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }
}
