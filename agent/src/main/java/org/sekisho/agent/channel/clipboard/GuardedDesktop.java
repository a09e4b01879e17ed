package org.sekisho.agent.channel.clipboard;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import org.sekisho.agent.local.Frames;
import org.sekisho.agent.local.LocalConnection;
import org.sekisho.v1.ChannelMode;
import org.sekisho.v1.ChannelState;
import org.sekisho.v1.DesktopMessage;
import org.sekisho.v1.PasteAnswer;
import org.sekisho.v1.ServiceMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One helper's connection: takes its messages and sends the answers. Thread-safe but for {@link #received}. */
final class GuardedDesktop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GuardedDesktop.class);
    /** Asks that are looked into at once; a slow one, such as the first hash of a large program, holds up no other. */
    private static final int AT_ONCE = 16;

    private final PasteDecisions decisions;
    private final LocalConnection connection;
    private final Runnable changed;
    private final LongSupplier nanos;
    private final Semaphore room = new Semaphore(AT_ONCE);
    private volatile ChannelState state = ChannelState.newBuilder()
            .setMode(ChannelMode.MODE_INACTIVE)
            .setDetail("the helper is starting")
            .build();
    private volatile long lastHeard;

    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    GuardedDesktop(PasteDecisions decisions, LocalConnection connection, Runnable changed, LongSupplier nanos) {
        this.decisions = decisions;
        this.connection = connection;
        this.changed = changed;
        this.nanos = nanos;
        this.lastHeard = nanos.getAsLong();
    }

    ChannelState state() {
        return state;
    }

    Duration silence() {
        return Duration.ofNanos(nanos.getAsLong() - lastHeard);
    }

    /** Handles a message. For the thread that reads the connection. */
    void received(DesktopMessage message) throws IOException {
        lastHeard = nanos.getAsLong();
        switch (message.getMessageCase()) {
            case OWNER_SEEN -> {
                Runnable look = decisions.seen(message.getOwnerSeen());
                background(look::run);
            }
            case COPY_SEEN -> background(() -> decisions.copied(message.getCopySeen()));
            case PASTE_ASKED -> background(() -> answer(decisions.asked(message.getPasteAsked())));
            case PASTE_DONE ->
                background(() -> {
                    PasteAnswer answer = decisions.done(message.getPasteDone()).orElse(null);
                    if (answer != null) {
                        answer(answer);
                    }
                });
            case STATE -> {
                ChannelState told = message.getState().getClipboard();
                boolean news = !told.equals(state);
                state = told;
                if (news) {
                    changed.run();
                }
            }
            case HELLO, STATUS_QUERY, MESSAGE_NOT_SET ->
                throw new IOException("the helper sent " + message.getMessageCase() + " where it makes no sense");
        }
    }

    private void background(Work work) {
        room.acquireUninterruptibly();
        Thread.ofVirtual().name("clipboard ask").start(() -> {
            try {
                work.run();
            } catch (IOException e) {
                LOG.warn("A desktop helper can't be answered; hanging up on it: {}", e.toString());
                close();
            } finally {
                room.release();
            }
        });
    }

    private void answer(PasteAnswer answer) throws IOException {
        send(ServiceMessage.newBuilder().setPasteAnswer(answer).build());
    }

    void send(ServiceMessage message) throws IOException {
        Frames.write(connection.out(), message);
    }

    @Override
    public void close() {
        connection.close();
    }
}
