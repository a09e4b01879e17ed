package org.sekisho.agent.journal;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Clocks that a test turns. Both start somewhere and stand still by themselves. */
final class TurnedClocks implements Clocks {
    private final AtomicLong wall = new AtomicLong(1_764_000_000_000_000L);
    private final AtomicLong monotonic = new AtomicLong(-5_000_000_000L);
    private final AtomicLong asleep = new AtomicLong();

    @Override
    public long wallMicros() {
        return wall.get();
    }

    @Override
    public long monotonicNanos() {
        return monotonic.get();
    }

    @Override
    public long elapsedNanos() {
        return monotonic.get() + asleep.get();
    }

    /** Time passes. */
    void pass(Duration time) {
        monotonic.addAndGet(time.toNanos());
        wall.addAndGet(time.toNanos() / 1_000);
    }

    /** Somebody sets the wall clock. */
    void set(Duration ahead) {
        wall.addAndGet(ahead.toNanos() / 1_000);
    }

    /** The machine sleeps: the monotonic clock stands still. */
    void sleep(Duration time) {
        asleep.addAndGet(time.toNanos());
        wall.addAndGet(time.toNanos() / 1_000);
    }
}
