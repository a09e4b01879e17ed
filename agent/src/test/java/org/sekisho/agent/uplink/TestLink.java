package org.sekisho.agent.uplink;

import static org.awaitility.Awaitility.await;

import io.grpc.Server;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.sekisho.v1.ChainedEvent;
import org.sekisho.v1.Credit;
import org.sekisho.v1.Event;
import org.sekisho.v1.EventAck;
import org.sekisho.v1.PolicyProgress;
import org.sekisho.v1.ServerMessage;
import org.sekisho.v1.Signed;
import org.sekisho.v1.TerminalLinkGrpc;
import org.sekisho.v1.TerminalMessage;
import org.sekisho.v1.Welcome;

/** A control server's end of the stream over mutual TLS: keeps what it gets and acknowledges it. */
public final class TestLink implements AutoCloseable {
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final List<PolicyProgress> progress = new CopyOnWriteArrayList<>();
    private final Server server;
    private @Nullable StreamObserver<ServerMessage> terminal;
    private @Nullable Signed waiting;

    /** Serves on a free port. */
    public TestLink(TestAuthority authority) throws Exception {
        server = authority.serve(authority, 0, new Link());
    }

    public String target() {
        return "localhost:" + server.getPort();
    }

    /** What has arrived, in order. */
    public List<Event> events() {
        return events;
    }

    /** How policies fared. */
    public List<PolicyProgress> progress() {
        return progress;
    }

    /** Sends a policy, now or as soon as the terminal is there. */
    public synchronized void push(Signed policy) {
        if (terminal == null) {
            waiting = policy;
        } else {
            terminal.onNext(ServerMessage.newBuilder().setPolicy(policy).build());
        }
    }

    @Override
    public void close() {
        server.shutdownNow();
        await().until(server::isTerminated);
    }

    private synchronized void greet(StreamObserver<ServerMessage> out) {
        out.onNext(ServerMessage.newBuilder()
                .setWelcome(Welcome.newBuilder()
                        .setDurableSeq(events.isEmpty() ? 0 : events.getLast().getSeq())
                        .setHeartbeatSeconds(5)
                        .setCredit(Credit.newBuilder().setEvents(10_000).setBytes(10_000_000)))
                .build());
        terminal = out;
        if (waiting != null) {
            push(waiting);
            waiting = null;
        }
    }

    private synchronized void take(StreamObserver<ServerMessage> out, TerminalMessage message) throws IOException {
        for (ChainedEvent event : message.getEvents().getEventsList()) {
            events.add(Event.parseFrom(event.getBody()));
            out.onNext(ServerMessage.newBuilder()
                    .setEventAck(
                            EventAck.newBuilder().setDurableSeq(events.getLast().getSeq()))
                    .build());
        }
        if (message.hasPolicyAck()) {
            progress.add(message.getPolicyAck().getProgress());
        }
    }

    private synchronized void gone(StreamObserver<ServerMessage> out) {
        if (out.equals(terminal)) {
            terminal = null;
        }
    }

    private final class Link extends TerminalLinkGrpc.TerminalLinkImplBase {
        @Override
        public StreamObserver<TerminalMessage> connect(StreamObserver<ServerMessage> out) {
            return new StreamObserver<>() {
                @Override
                public void onNext(TerminalMessage message) {
                    if (message.hasHello()) {
                        greet(out);
                        return;
                    }
                    try {
                        take(out, message);
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                }

                @Override
                public void onError(Throwable failure) {
                    gone(out);
                }

                @Override
                public void onCompleted() {
                    gone(out);
                    out.onCompleted();
                }
            };
        }
    }
}
