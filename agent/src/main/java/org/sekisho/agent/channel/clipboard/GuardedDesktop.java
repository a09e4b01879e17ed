package org.sekisho.agent.channel.clipboard;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import org.sekisho.agent.channel.PersonDesk.Answer;
import org.sekisho.agent.local.Frames;
import org.sekisho.agent.local.LocalConnection;
import org.sekisho.v1.ChannelMode;
import org.sekisho.v1.ChannelState;
import org.sekisho.v1.DesktopMessage;
import org.sekisho.v1.DesktopWelcome;
import org.sekisho.v1.Notice;
import org.sekisho.v1.OwnerKnown;
import org.sekisho.v1.OwnerSeen;
import org.sekisho.v1.PasteAnswer;
import org.sekisho.v1.ReasonAsked;
import org.sekisho.v1.ServiceMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One helper's connection: takes its messages, sends the answers, and speaks with its person for all channels. Thread-safe
 * but for {@link #received}.
 */
final class GuardedDesktop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GuardedDesktop.class);
    /** Asks that are looked into at once; a slow one, such as the first hash of a large program, holds up no other. */
    private static final int AT_ONCE = 16;

    private final PasteDecisions decisions;
    private final LocalConnection connection;
    private final Runnable changed;
    private final LongSupplier nanos;
    private final Semaphore room = new Semaphore(AT_ONCE);
    private final OpenQuestions questions = new OpenQuestions();
    private final NoticeRate rate;
    private volatile ChannelState state = ChannelState.newBuilder()
            .setMode(ChannelMode.MODE_INACTIVE)
            .setDetail("the helper is starting")
            .build();
    private volatile long lastHeard;
    /** It has been welcomed, and not hung up on. */
    private volatile boolean open;

    GuardedDesktop(PasteDecisions decisions, LocalConnection connection, Runnable changed, LongSupplier nanos) {
        this.decisions = decisions;
        this.connection = connection;
        this.changed = changed;
        this.nanos = nanos;
        this.rate = new NoticeRate(nanos);
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
            case OWNER_SEEN -> seen(message.getOwnerSeen());
            case COPY_SEEN -> background(() -> decisions.copied(message.getCopySeen()));
            case PASTE_ASKED ->
                background(() -> decisions.asked(message.getPasteAsked(), this::askForReason, this::answer));
            case PASTE_SEEN -> background(() -> decisions.pastedEarly(message.getPasteSeen()));
            case PASTE_DONE -> decisions.done(message.getPasteDone());
            case REASON_TOLD -> background(() -> questions.answered(message.getReasonTold()));
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

    private void seen(OwnerSeen owner) {
        Runnable look = decisions.seen(owner);
        background(() -> {
            look.run();
            send(ServiceMessage.newBuilder()
                    .setOwnerKnown(OwnerKnown.newBuilder().setPid(owner.getPid()))
                    .build());
        });
    }

    private void background(Runnable work) {
        room.acquireUninterruptibly();
        Thread.ofVirtual().name("clipboard ask").start(() -> {
            try {
                work.run();
            } finally {
                room.release();
            }
        });
    }

    private void answer(PasteAnswer answer) {
        send(ServiceMessage.newBuilder().setPasteAnswer(answer).build());
    }

    /** Asks the person; what waits for the answer is run as it comes. */
    CompletionStage<Answer> askForReason(Notice notice) {
        return questions.ask(question -> send(ServiceMessage.newBuilder()
                .setReasonAsked(ReasonAsked.newBuilder().setQuestion(question).setNotice(notice))
                .build()));
    }

    /** Tells the person, unless that would be faster than anybody reads. */
    void tell(Notice notice) {
        if (rate.takes()) {
            send(ServiceMessage.newBuilder().setNotice(notice).build());
        } else {
            LOG.debug("A notice came too fast to be read");
        }
    }

    /** Sends; a helper that can't be told anything is hung up on, and false says so. */
    boolean send(ServiceMessage message) {
        try {
            Frames.write(connection.out(), message);
            return true;
        } catch (IOException e) {
            LOG.warn("A desktop helper can't be told anything; hanging up on it: {}", e.toString());
            close();
            return false;
        }
    }

    /** Says the first word, before which nothing else is understood. */
    void welcome(DesktopWelcome welcome) {
        open = send(ServiceMessage.newBuilder().setWelcome(welcome).build());
    }

    /** Whether the person can be told and asked. */
    boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
        connection.close();
        questions.end();
    }
}
