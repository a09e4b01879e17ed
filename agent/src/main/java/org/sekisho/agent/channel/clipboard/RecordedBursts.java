package org.sekisho.agent.channel.clipboard;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Records the first of several alike within a moment, and has those that follow share its record: they wait until it is
 * durable, and if it fails they fail with it. What has been forgotten because too much else came in between is recorded
 * again. Thread-safe.
 */
final class RecordedBursts {
    private final Map<Object, Burst> bursts;
    private final long windowNanos;
    private final LongSupplier nanos;

    private record Burst(long since, CompletableFuture<Boolean> recorded) {}

    /**
     * @param first this one was the first, and was recorded or not by itself
     * @param recorded there is a durable record
     */
    record Outcome(boolean first, boolean recorded) {}

    /** Remembers {@code most} keys for {@code window} by the clock {@code nanos}. */
    RecordedBursts(Duration window, int most, LongSupplier nanos) {
        this.windowNanos = window.toNanos();
        this.nanos = requireNonNull(nanos, "nanos is null");
        this.bursts = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Object, Burst> eldest) {
                return size() > most;
            }
        };
    }

    /** Has {@code record} called for the first of its kind; the window runs from that one and is not prolonged. */
    Outcome record(Object key, BooleanSupplier record) {
        long now = nanos.getAsLong();
        Burst mine = new Burst(now, new CompletableFuture<>());
        Burst before;
        synchronized (bursts) {
            before = bursts.get(key);
            if (before == null || now - before.since() >= windowNanos) {
                before = null;
                bursts.put(key, mine);
            }
        }
        if (before != null) {
            return new Outcome(false, before.recorded().join());
        }
        boolean recorded = false;
        try {
            recorded = record.getAsBoolean();
        } finally {
            if (!recorded) {
                forget(key, mine);
            }
            mine.recorded().complete(recorded);
        }
        return new Outcome(true, recorded);
    }

    private void forget(Object key, Burst burst) {
        synchronized (bursts) {
            bursts.remove(key, burst);
        }
    }
}
