package org.sekisho.agent.channel.clipboard.windows;

import java.time.Duration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.sekisho.agent.channel.clipboard.Capture;
import org.sekisho.agent.channel.clipboard.ClipboardGate;
import org.sekisho.agent.channel.clipboard.Paste;
import org.sekisho.v1.Process;

/**
 * Gets the answers to pastes from the gate. For the clipboard's thread, which waits here while Windows holds the reader.
 *
 * <ul>
 *   <li>The wait has an end, for the reader's window stands still. An answer that comes later is kept, and the reader's next
 *       request for the same content gets it; so a user who was asked for a reason pastes again.
 *   <li>A program that fetches several formats one after the other pastes once: the answer to the first format holds for the
 *       others. A format that is asked for again is a new paste.
 *   <li>A program that reads each offer as it comes (a clipboard manager) would cause the next offer by reading, without end:
 *       after {@value #BURST} pastes with less than a second between them it gets nothing until it has been quiet.
 * </ul>
 */
final class WindowsAnswers {
    /** Formats of one paste are fetched within milliseconds; a person needs longer to paste again. */
    private static final long ACT_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** Time to type a reason and paste again; after it the paste is decided anew. */
    private static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(60);
    /** Late answers under way; one for each reader that a person could have open at once. */
    private static final int MAX_LATE = 64;
    /** Key repeat pastes some 30 times a second; nobody needs a second of it. */
    static final int BURST = 20;

    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ClipboardGate gate;
    private final Duration within;
    private final LongSupplier nanos;
    private final CompletableFuture<Void> closing;
    private final Map<Reader, Late> lates = new LinkedHashMap<>();
    private @Nullable Act act;
    private @Nullable Burst burst;
    private long asks;

    /**
     * @param within how long a reader is kept waiting
     * @param closing completed when no answer is waited for any more
     */
    WindowsAnswers(ClipboardGate gate, Duration within, LongSupplier nanos, CompletableFuture<Void> closing) {
        this.gate = gate;
        this.within = within;
        this.nanos = nanos;
        this.closing = closing;
    }

    /** Who reads. The window's handle tells two windows of one program apart. */
    record Reader(long pid, String path, long window) {
        static Reader of(Process program, long window) {
            return new Reader(program.getPid(), program.getPath(), window);
        }
    }

    /**
     * What to do.
     *
     * @param handOut whether the reader gets the content
     * @param report what the gate wants to hear the outcome of; null if it need not hear
     */
    record Answer(boolean handOut, @Nullable Paste report) {
        private static final Answer SILENT_NO = new Answer(false, null);
    }

    private record Late(Paste paste, CompletableFuture<Boolean> answer, long askedAt) {}

    private record Act(long capture, Reader reader, boolean handOut, long since, Set<String> targets) {}

    private record Burst(long capture, Reader reader, int count, long last) {}

    /** Asks, or uses an answer that is there. */
    Answer ask(Capture capture, Process destination, long window, String target) {
        long now = nanos.getAsLong();
        Reader reader = Reader.of(destination, window);
        Act same = act;
        if (same != null
                && same.capture() == capture.id()
                && same.reader().equals(reader)
                && now - same.since() < ACT_NANOS
                && same.targets().add(target)) {
            return new Answer(same.handOut(), null);
        }
        act = null;
        if (muted(capture.id(), reader, now)) {
            return Answer.SILENT_NO;
        }
        Late late = lates.get(reader);
        if (late != null && late.paste().capture().id() == capture.id() && now - late.askedAt() < LATE_NANOS) {
            return late.answer().isDone() ? used(reader, late, target, now) : Answer.SILENT_NO;
        }
        return asked(new Paste(++asks, capture, destination, target), reader, now);
    }

    private Answer used(Reader reader, Late late, String target, long now) {
        lates.remove(reader);
        return begun(late.paste(), reader, value(late.answer()), target, now);
    }

    private Answer asked(Paste paste, Reader reader, long now) {
        CompletableFuture<Boolean> answer;
        try {
            answer = gate.asked(paste).toCompletableFuture();
        } catch (RuntimeException failed) {
            answer = CompletableFuture.failedFuture(failed);
        }
        try {
            CompletableFuture.anyOf(answer, closing).get(within.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException noAnswerYet) {
            keep(reader, new Late(paste, answer, now));
            return Answer.SILENT_NO;
        } catch (ExecutionException failed) {
            return begun(paste, reader, false, paste.target(), now);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return begun(paste, reader, value(answer), paste.target(), now);
    }

    private Answer begun(Paste paste, Reader reader, boolean handOut, String target, long now) {
        Set<String> targets = new HashSet<>();
        targets.add(target);
        act = new Act(paste.capture().id(), reader, handOut, now, targets);
        return new Answer(handOut, paste);
    }

    private void keep(Reader reader, Late late) {
        Late before = lates.put(reader, late);
        if (before != null) {
            unused(before);
        }
        if (lates.size() > MAX_LATE) {
            Iterator<Late> eldest = lates.values().iterator();
            unused(eldest.next());
            eldest.remove();
        }
    }

    private boolean muted(long capture, Reader reader, long now) {
        Burst before = burst;
        boolean goesOn = before != null
                && before.capture() == capture
                && before.reader().equals(reader)
                && now - before.last() < QUIET_NANOS;
        int count = goesOn && before != null ? Math.min(before.count() + 1, BURST + 1) : 1;
        burst = new Burst(capture, reader, count, now);
        return count > BURST;
    }

    /** What was on the clipboard is no more: answers to it are of no use. */
    void forget() {
        act = null;
        burst = null;
        lates.values().forEach(this::unused);
        lates.clear();
    }

    private void unused(Late late) {
        gate.done(late.paste(), 0, "the reader did not wait for the answer, and did not ask again");
    }

    private static boolean value(CompletableFuture<Boolean> answer) {
        return answer.isDone() && !answer.isCompletedExceptionally() && Boolean.TRUE.equals(answer.getNow(false));
    }
}
