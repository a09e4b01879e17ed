package org.sekisho.packaging.rig;

import io.netty.channel.EventLoopGroup;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.sekisho.v1.ChainedEvent;
import org.sekisho.v1.Credit;
import org.sekisho.v1.EventBatch;
import org.sekisho.v1.Hello;
import org.sekisho.v1.ServerMessage;
import org.sekisho.v1.TerminalMessage;

/** Sends a terminal's events as fast as the server's credit allows, and knows when they are durable. Thread-safe. */
public final class EventStreamer implements AutoCloseable {
    private final Queue<Batch> waiting = new ArrayDeque<>();
    private final @Nullable SimulatedTerminal terminal;
    private long events;
    private long bytes;
    private long durable;
    private long awaited;
    private boolean welcome;
    private CompletableFuture<Void> done = CompletableFuture.completedFuture(null);

    public EventStreamer(TerminalIdentity identity, PasteEvents source, EventLoopGroup loops, Executor executor)
            throws SSLException {
        Hello hello = Hello.newBuilder()
                .setTerminal(identity.terminal())
                .setWireVersion(1)
                .setAgentVersion("simulated")
                .setBoot(source.boot())
                .setLastSeq(source.head().seq())
                .setLastHash(source.head().hash())
                .build();
        synchronized (this) {
            terminal = SimulatedTerminal.connect(identity, hello, loops, executor, this::onMessage);
        }
        var unused = terminal.ended().whenComplete((ok, failure) -> fail(failure));
    }

    /** Queues consecutive batches; the answer completes when the last of them is durable on the server. */
    public synchronized CompletableFuture<Void> send(List<EventBatch> batches) {
        for (EventBatch batch : batches) {
            List<ChainedEvent> chained = batch.getEventsList();
            TerminalMessage message =
                    TerminalMessage.newBuilder().setEvents(batch).build();
            waiting.add(new Batch(message, chained.size(), batch.getSerializedSize()));
            awaited += chained.size();
        }
        done = new CompletableFuture<>();
        pump();
        return done;
    }

    private synchronized void onMessage(ServerMessage message) {
        switch (message.getMessageCase()) {
            case WELCOME -> {
                welcome = true;
                add(message.getWelcome().getCredit());
            }
            case CREDIT -> add(message.getCredit());
            case EVENT_ACK -> durable = message.getEventAck().getDurableSeq();
            case COMMAND, POLICY, PERMITS, MEDIA_REGISTER, RENEWAL, DRAIN, HISTORY_REQUEST, MESSAGE_NOT_SET -> {}
        }
        pump();
        if (durable >= awaited) {
            done.complete(null);
        }
    }

    private void add(Credit credit) {
        events += credit.getEvents();
        bytes += credit.getBytes();
    }

    private void pump() {
        if (!welcome || terminal == null) {
            return;
        }
        for (Batch next = waiting.peek();
                next != null && next.events <= events && next.bytes <= bytes;
                next = waiting.peek()) {
            waiting.remove();
            events -= next.events;
            bytes -= next.bytes;
            terminal.send(next.message);
        }
    }

    private synchronized void fail(@Nullable Throwable failure) {
        done.completeExceptionally(
                failure == null ? new IllegalStateException("the server ended the stream") : failure);
    }

    @Override
    public void close() {
        if (terminal != null) {
            terminal.close();
        }
    }

    private record Batch(TerminalMessage message, int events, int bytes) {}
}
