package org.sekisho.agent.journal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.sekisho.v1.Attempt;
import org.sekisho.v1.AttemptEvent;
import org.sekisho.v1.Event;
import org.sekisho.v1.Process;
import org.sekisho.v1.Verdict;

/**
 * Counts attempts that were let through and are alike.
 *
 * <p>The first of its kind is recorded at once and opens a window. What repeats it within the window is counted, and becomes
 * one event with the count and the time from the first to the last of those counted, stamped with the time of the last. So
 * whatever happened at all is durable before it counts as recorded; a crash loses at most how many times it was repeated since
 * the window opened.
 *
 * <p>Alike are attempts with the same person, circumstances, rule, channel, programs (by path, hash, signer and account),
 * formats and labels; only process ids, window titles, sizes and times may differ. What was stopped, or answered for with a
 * reason, is never counted together.
 *
 * <p>Not thread safe: the writer's thread alone uses it.
 */
final class Repeats {
    /** Windows open at a time; beyond that the oldest is closed early. With the bound below, 4 MiB at most. */
    private static final int MAX_WINDOWS = 512;

    /** Larger attempts are rare, and each is worth its own event. */
    private static final int MAX_KEY_BYTES = 4096;

    private static final class Window {
        private final Event.Builder body;
        private final CompletableFuture<Recorded> first;
        private final long opened;
        private int count;
        private long firstNanos;
        private Stamp last;

        Window(Entry entry) {
            body = entry.body();
            first = entry.done();
            opened = entry.stamp().monotonicNanos();
            last = entry.stamp();
        }
    }

    private final long windowNanos;
    private final LinkedHashMap<AttemptEvent, Window> windows = new LinkedHashMap<>();

    Repeats(Duration window) {
        windowNanos = window.toNanos();
    }

    /** What all repetitions of this event have in common; null if it is never counted together with others. */
    static @Nullable AttemptEvent keyOf(Event.Builder body, Importance importance) {
        if (importance != Importance.ORDINARY || !body.hasAttempt()) {
            return null;
        }
        AttemptEvent attempt = body.getAttempt();
        Verdict verdict = attempt.getDecision().getVerdict();
        if ((verdict != Verdict.ALLOW && verdict != Verdict.AUDIT)
                || attempt.getCount() > 1
                || !attempt.getJustification().isEmpty()
                || attempt.getSerializedSize() > MAX_KEY_BYTES) {
            return null;
        }
        AttemptEvent.Builder key = attempt.toBuilder().clearCount().clearSpanMillis();
        key.getCircumstancesBuilder().clearAtMicros();
        blur(key.getAttemptBuilder().clearBytes());
        return key.build();
    }

    private static void blur(Attempt.Builder attempt) {
        switch (attempt.getSubjectCase()) {
            case CLIPBOARD -> {
                if (attempt.getClipboard().hasSource()) {
                    blur(attempt.getClipboardBuilder().getSourceBuilder());
                }
                if (attempt.getClipboard().hasDestination()) {
                    blur(attempt.getClipboardBuilder().getDestinationBuilder());
                }
            }
            case PRINT -> blur(attempt.getPrintBuilder().getProgramBuilder());
            case NETWORK -> blur(attempt.getNetworkBuilder().getProgramBuilder());
            case PROGRAM -> {
                blur(attempt.getProgramBuilder().getProgramBuilder());
                blur(attempt.getProgramBuilder().getParentBuilder());
            }
            case SCREEN -> blur(attempt.getScreenBuilder().getProgramBuilder());
            case MEDIA, SUBJECT_NOT_SET -> {}
        }
    }

    private static void blur(Process.Builder process) {
        process.clearPid().clearWindowTitle();
    }

    /**
     * Takes the entry if it repeats an open window's, and opens a window for it if not.
     *
     * @param closedEarly gets what has to be recorded to make room for a new window
     * @return whether it was only counted, and needs no event of its own
     */
    boolean absorb(Entry entry, List<Entry> closedEarly) {
        AttemptEvent key = entry.repeatKey();
        if (key == null || windowNanos == 0) {
            return false;
        }
        Window window = windows.get(key);
        if (window == null) {
            if (windows.size() == MAX_WINDOWS) {
                Iterator<Window> oldest = windows.values().iterator();
                close(oldest.next(), closedEarly);
                oldest.remove();
            }
            windows.put(key, new Window(entry));
            return false;
        }
        if (window.count == 0) {
            window.firstNanos = entry.stamp().monotonicNanos();
        }
        window.count++;
        window.last = entry.stamp();
        CompletableFuture<Recorded> unused = window.first.whenComplete((recorded, failure) -> {
            if (recorded instanceof Recorded.Durable durable) {
                entry.done().complete(new Recorded.Counted(durable.seq()));
            } else if (recorded != null) {
                entry.done().complete(recorded);
            } else if (failure != null) {
                entry.done().completeExceptionally(failure);
            }
        });
        return true;
    }

    /** Entries for all windows that ended. */
    List<Entry> ended(long nowNanos) {
        List<Entry> entries = new ArrayList<>();
        Iterator<Window> oldestFirst = windows.values().iterator();
        while (oldestFirst.hasNext()) {
            Window window = oldestFirst.next();
            if (nowNanos - window.opened < windowNanos) {
                break;
            }
            close(window, entries);
            oldestFirst.remove();
        }
        return entries;
    }

    /** Entries for all windows, ended or not. */
    List<Entry> all() {
        List<Entry> entries = new ArrayList<>();
        windows.values().forEach(window -> close(window, entries));
        windows.clear();
        return entries;
    }

    /**
     * The first of a kind was not kept after all: nothing may refer to it.
     *
     * @return how many had been counted on it
     */
    int forget(AttemptEvent key) {
        Window window = windows.remove(key);
        return window == null ? 0 : window.count;
    }

    /** When the next window ends, on the monotonic clock. */
    OptionalLong nextEnd() {
        Map.Entry<AttemptEvent, Window> oldest = windows.firstEntry();
        return oldest == null ? OptionalLong.empty() : OptionalLong.of(oldest.getValue().opened + windowNanos);
    }

    private static void close(Window window, List<Entry> into) {
        if (window.count == 0) {
            return;
        }
        Event.Builder body = window.body.clone();
        body.getAttemptBuilder()
                .setCount(window.count)
                .setSpanMillis((window.last.monotonicNanos() - window.firstNanos) / 1_000_000);
        into.add(new Entry(
                body,
                body.buildPartial().getSerializedSize(),
                Importance.ORDINARY,
                window.last,
                null,
                new CompletableFuture<>()));
    }
}
