package org.sekisho.control.event.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.sekisho.control.testing.ServerUnderTest;
import org.sekisho.control.testing.TestTerminal;
import org.sekisho.v1.ChainedEvent;
import org.sekisho.v1.ServerMessage;
import org.sekisho.v1.ServerMessage.MessageCase;
import org.sekisho.v1.TerminalMessage;

/** Events are taken once, whatever is sent. */
@QuarkusTest
@QuarkusTestResource(ServerUnderTest.class)
class IngestTest extends IngestRig {
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
}
