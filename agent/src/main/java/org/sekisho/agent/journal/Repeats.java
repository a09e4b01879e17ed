package org.sekisho.agent.journal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.sekisho.v1.AttemptEvent;
import org.sekisho.v1.Event;

/**
 * Counts attempts that were let through and are alike.
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
        /** Counted since the last commit, and not answered yet. */
        private final List<Entry> waiting = new ArrayList<>();

        private Tally durable;
        private Tally tally;

        Window(Entry first) {
            this.first = first;
            durable = new Tally(0, 0, first.stamp());
            tally = durable;
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
        Iterator<Window> oldestFirst = windows.values().iterator();
        while (oldestFirst.hasNext()) {
            Window window = oldestFirst.next();
            if (nowNanos - window.first.stamp().monotonicNanos() < windowNanos) {
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
        Map.Entry<AttemptEvent, Window> oldest = windows.firstEntry();
        return oldest == null
                ? OptionalLong.empty()
                : OptionalLong.of(oldest.getValue().first.stamp().monotonicNanos() + windowNanos);
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
        return Entry.of(body, Importance.ORDINARY, last);
    }
}
