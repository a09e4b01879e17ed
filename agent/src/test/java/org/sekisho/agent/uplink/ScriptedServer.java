package org.sekisho.agent.uplink;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sekisho.v1.ChainedEvent;
import org.sekisho.v1.Credit;
import org.sekisho.v1.EventAck;
import org.sekisho.v1.Hello;
import org.sekisho.v1.ServerMessage;
import org.sekisho.v1.TerminalMessage;
import org.sekisho.v1.Welcome;

/** The far end of {@link TerminalTransport} without a network: a test says what it does. */
final class ScriptedServer implements TerminalTransport {
    final List<Stream> streams = new ArrayList<>();
    boolean ready = true;

    @Override
    public Line open(Identity identity, Listener listener) {
        Stream stream = new Stream(listener, identity);
        streams.add(stream);
        return stream;
    }

    /** A stream that nobody listens to. */
    Stream stream() {
        return new Stream(new TerminalTransport.Listener() {
            @Override
            public void received(ServerMessage message) {}

            @Override
            public void ready() {}

            @Override
            public void closed(LineEnd end) {}
        });
    }

    Stream latest() {
        return streams.getLast();
    }

    /** One stream as the server sees it. */
    final class Stream implements Line {
        final @Nullable Identity identity;
        final Listener listener;
        final List<TerminalMessage> got = new ArrayList<>();
        int letIn = 1;
        boolean closed;

        Stream(Listener listener, @Nullable Identity identity) {
            this.listener = listener;
            this.identity = identity;
        }

        Stream(Listener listener) {
            this(listener, null);
        }

        Hello hello() {
            return got.getFirst().getHello();
        }

        void say(ServerMessage message) {
            if (letIn == 0) {
                throw new IllegalStateException("the terminal has not let another message in");
            }
            letIn--;
            listener.received(message);
        }

        void welcome(long durableSeq, int events, int bytes) {
            say(ServerMessage.newBuilder()
                    .setWelcome(Welcome.newBuilder()
                            .setDurableSeq(durableSeq)
                            .setHeartbeatSeconds(30)
                            .setOrgUnit("総務部/税務課")
                            .setCredit(Credit.newBuilder().setEvents(events).setBytes(bytes)))
                    .build());
        }

        void credit(int events, int bytes) {
            say(ServerMessage.newBuilder()
                    .setCredit(Credit.newBuilder().setEvents(events).setBytes(bytes))
                    .build());
        }

        void ack(long seq) {
            say(ServerMessage.newBuilder()
                    .setEventAck(EventAck.newBuilder().setDurableSeq(seq))
                    .build());
        }

        void fail() {
            closed = true;
            listener.closed(new LineEnd(LineEnd.Kind.UNREACHABLE, "connection reset"));
        }

        List<Long> sequences() throws java.io.IOException {
            List<Long> sequences = new ArrayList<>();
            for (ChainedEvent event : events()) {
                sequences.add(Sequence.of(event));
            }
            return sequences;
        }

        List<ChainedEvent> events() {
            return got.stream()
                    .filter(TerminalMessage::hasEvents)
                    .flatMap(message -> message.getEvents().getEventsList().stream())
                    .toList();
        }

        List<TerminalMessage> of(TerminalMessage.MessageCase kind) {
            return got.stream()
                    .filter(message -> message.getMessageCase() == kind)
                    .toList();
        }

        @Override
        public boolean ready() {
            return ready && !closed;
        }

        @Override
        public void send(TerminalMessage message) {
            if (!closed) {
                got.add(message);
            }
        }

        @Override
        public void more() {
            letIn++;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
