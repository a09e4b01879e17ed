package org.sekisho.agent.journal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.sekisho.v1.AttemptEvent;
import org.sekisho.v1.Event;

/**
 * Counts attempts that are alike: what was let through, and one device's being plugged in and stopped.
 *
 * <p>The first of its kind is recorded at once and opens a window. What repeats it within the window is counted, and becomes
 * one event with the count and the time from the first to the last of those counted, stamped with the time of the last. The
 * counts of open windows are part of the store's state and become durable with the same commit as any event: nothing counts as
 * recorded before, and a crash loses none of it.
 *
 * <p>Not thread safe: the writer's thread alone uses it.
 */
final class Repeats {
    /** Windows open at a time; beyond that the oldest is closed early. With the bound below, 256 KiB at most. */
    static final int MAX_WINDOWS = StoreState.MAX_COUNTS;

    /** What was stopped is told as it happens: no longer than a device that fails to start takes for its next try. */
    static final Duration STOPPED = Duration.ofSeconds(2);

    /** @param last when the last one happened */
    private record Tally(int count, long firstNanos, Stamp last) {
        Tally plus(Stamp another) {
            return new Tally(count + 1, count == 0 ? another.monotonicNanos() : firstNanos, another);
        }

        long spanMillis() {
            return (last.monotonicNanos() - firstNanos) / 1_000_000;
        }
    }

    private static final class Window {
        private final Entry first;
        private final long endNanos;
        /** Counted since the last commit, and not answered yet. */
        private final List<Entry> waiting = new ArrayList<>();

        private Tally durable;
        private Tally tally;

        Window(Entry first, long nanos) {
            this.first = first;
            endNanos = first.stamp().monotonicNanos() + nanos;
            durable = new Tally(0, 0, first.stamp());
            tally = durable;
        }

        boolean isOver(long nowNanos) {
            return nowNanos - endNanos >= 0;
        }

        long seq(Batch batch) {
            return first.done().getNow(null) instanceof Recorded.Durable kept ? kept.seq() : batch.seqOf(first);
        }

        List<Entry> takeWaiting() {
            List<Entry> taken = List.copyOf(waiting);
            waiting.clear();
            return taken;
        }
    }

    private final long windowNanos;
    private final LinkedHashMap<AttemptEvent, Window> windows = new LinkedHashMap<>();

    Repeats(Duration window) {
        windowNanos = window.toNanos();
    }

    /**
     * Takes the entry if it repeats an open window's, and opens a window for it if not.
     *
     * @param closed gets what has to be recorded before a new window is opened: of one that is over, or makes room
     * @return whether it was only counted, and needs no event of its own
     */
    boolean absorb(Entry entry, List<Entry> closed) {
        AttemptEvent key = entry.repeatKey();
        if (key == null || windowNanos == 0) {
            return false;
        }
        Window window = windows.get(key);
        if (window != null && window.isOver(entry.stamp().monotonicNanos())) {
            close(window, closed);
            windows.remove(key);
            window = null;
        }
        if (window == null) {
            if (windows.size() == MAX_WINDOWS) {
                Iterator<Window> oldest = windows.values().iterator();
                close(oldest.next(), closed);
                oldest.remove();
            }
            windows.put(
                    key,
                    new Window(entry, entry.isOrdinary() ? windowNanos : Math.min(windowNanos, STOPPED.toNanos())));
            return false;
        }
        window.tally = window.tally.plus(entry.stamp());
        window.waiting.add(entry);
        return true;
    }

    /** What the state has to hold once this batch is committed. */
    List<OpenCount> counts(Batch batch) {
        List<OpenCount> counts = new ArrayList<>();
        for (Window window : windows.values()) {
            Tally tally = window.tally;
            if (tally.count > 0) {
                counts.add(new OpenCount(window.seq(batch), tally.count, tally.spanMillis(), tally.last.wallMicros()));
            }
        }
        return counts;
    }

    /** The batch is durable, its events answered, and with it {@link #counts}: answers all who were counted. */
    void committed(Batch batch) {
        for (Window window : windows.values()) {
            window.durable = window.tally;
            if (!window.waiting.isEmpty()) {
                long seq = window.seq(batch);
                window.takeWaiting().forEach(entry -> entry.done().complete(new Recorded.Counted(seq)));
            }
        }
    }

    /** Takes back what was counted since the last commit, because there was none; windows whose first was refused go. */
    List<Entry> takeBack() {
        List<Entry> uncounted = new ArrayList<>();
        windows.values().removeIf(window -> {
            boolean refused = window.first.done().isCompletedExceptionally();
            if (refused) {
                uncounted.addAll(window.takeWaiting());
            }
            return refused;
        });
        for (Window window : windows.values()) {
            window.tally = window.durable;
            uncounted.addAll(window.takeWaiting());
        }
        return uncounted;
    }

    /** Entries for all windows that ended. */
    List<Entry> ended(long nowNanos) {
        List<Entry> entries = new ArrayList<>();
        windows.values().removeIf(window -> {
            boolean over = window.isOver(nowNanos);
            if (over) {
                close(window, entries);
            }
            return over;
        });
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
     * This entry was not kept after all: nothing may refer to it.
     *
     * @return those that had been counted on it, none of them answered yet
     */
    List<Entry> forget(Entry entry) {
        AttemptEvent key = entry.repeatKey();
        Window window = key == null ? null : windows.get(key);
        if (window == null || !window.first.equals(entry)) {
            return List.of();
        }
        windows.remove(key);
        return window.takeWaiting();
    }

    /** When the next window ends, on the monotonic clock. */
    OptionalLong nextEnd() {
        return windows.values().stream()
                .mapToLong(window -> window.endNanos)
                .reduce((one, other) -> one - other <= 0 ? one : other);
    }

    private static void close(Window window, List<Entry> into) {
        Tally tally = window.tally;
        if (tally.count == 0) {
            return;
        }
        Entry counted = counted(window.first.body(), tally.count, tally.spanMillis(), tally.last);
        List<Entry> waiting = window.takeWaiting();
        CompletableFuture<Recorded> unused = counted.done()
                .whenComplete((recorded, failure) -> waiting.forEach(entry -> {
                    switch (recorded) {
                        case Recorded.Durable durable -> entry.done().complete(new Recorded.Counted(durable.seq()));
                        case null -> entry.done().completeExceptionally(failure);
                        default -> entry.done().complete(recorded);
                    }
                }));
        into.add(counted);
    }

    /**
     * The event that stands for repetitions of another.
     *
     * @param first the event that they repeat
     * @param last when the last of them happened
     */
    static Entry counted(Event.Builder first, int count, long spanMillis, Stamp last) {
        Event.Builder body = first.clone();
        body.getAttemptBuilder().setCount(count).setSpanMillis(spanMillis);
        return Entry.of(body, Importance.of(body), last);
    }
}
