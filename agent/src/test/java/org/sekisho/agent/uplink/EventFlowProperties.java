package org.sekisho.agent.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.sekisho.v1.ChainedEvent;
import org.sekisho.v1.Credit;
import org.sekisho.v1.EventAck;
import org.sekisho.v1.Welcome;

/** Whatever a server grants and acknowledges, in whatever order, and however often the line is cut. */
class EventFlowProperties {
    sealed interface Step {
        record Recorded(int padding) implements Step {}

        record Granted(int events, int bytes) implements Step {}

        record Acknowledged(int percent) implements Step {}

        record Stalled(boolean ready) implements Step {}

        record Cut(int events, int bytes) implements Step {}
    }

    @Property(tries = 300)
    void creditIsNeverExceededAndEveryEventArrivesInOrder(@ForAll("steps") List<Step> steps) throws IOException {
        Run run = new Run();
        for (Step step : steps) {
            run.take(step);
            run.check();
        }
        run.finish();
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Integer> bytes = Arbitraries.integers().between(0, 5_000);
        Arbitrary<Integer> events = Arbitraries.integers().between(0, 20);
        return Arbitraries.<Step>oneOf(
                        Arbitraries.integers().between(0, 500).map(Step.Recorded::new),
                        events.flatMap(e -> bytes.map(b -> new Step.Granted(e, b))),
                        Arbitraries.integers().between(0, 100).map(Step.Acknowledged::new),
                        Arbitraries.of(true, false).map(Step.Stalled::new),
                        events.flatMap(e -> bytes.map(b -> new Step.Cut(e, b))))
                .list()
                .ofMaxSize(80);
    }

    /** A server that checks what it is sent, as the real one does. */
    private static final class Run {
        private final ListOutbox outbox = new ListOutbox();
        private final ScriptedServer server = new ScriptedServer();
        private long recorded;
        private long durable;
        private long durableAtStart;
        private long received;
        private long grantedEvents;
        private long grantedBytes;
        private ScriptedServer.Stream stream = server.stream();
        private EventPump pump;

        Run() throws IOException {
            pump = pump(0, 0);
        }

        void take(Step step) throws IOException {
            switch (step) {
                case Step.Recorded(int padding) -> {
                    outbox.record(padding);
                    recorded++;
                }
                case Step.Granted(int events, int bytes) -> {
                    grantedEvents += events;
                    grantedBytes += bytes;
                    pump.credited(Credit.newBuilder()
                            .setEvents(events)
                            .setBytes(bytes)
                            .build());
                }
                case Step.Acknowledged(int percent) -> {
                    durable += (received - durable) * percent / 100;
                    assertThat(pump.acknowledged(
                                    EventAck.newBuilder().setDurableSeq(durable).build()))
                            .isTrue();
                }
                case Step.Stalled(boolean ready) -> server.ready = ready;
                case Step.Cut(int events, int bytes) -> pump = pump(events, bytes);
            }
            pump.pump();
        }

        void check() throws IOException {
            List<ChainedEvent> events = stream.events();
            assertThat(events.size()).isLessThanOrEqualTo((int) grantedEvents);
            assertThat(events.stream()
                            .mapToLong(ChainedEvent::getSerializedSize)
                            .sum())
                    .isLessThanOrEqualTo(grantedBytes);
            received = durableAtStart;
            for (long seq : stream.sequences()) {
                assertThat(seq).isEqualTo(received + 1);
                received = seq;
            }
            assertThat(outbox.acked()).isEqualTo(durable);
        }

        void finish() throws IOException {
            server.ready = true;
            take(new Step.Granted(1_000, 1_000_000));
            check();
            assertThat(received).isEqualTo(recorded);
        }

        private EventPump pump(int events, int bytes) throws IOException {
            stream = server.stream();
            grantedEvents = events;
            grantedBytes = bytes;
            durableAtStart = durable;
            received = durable;
            return new EventPump(
                    outbox,
                    stream,
                    Welcome.newBuilder()
                            .setDurableSeq(durable)
                            .setCredit(Credit.newBuilder().setEvents(events).setBytes(bytes))
                            .build());
        }
    }
}
