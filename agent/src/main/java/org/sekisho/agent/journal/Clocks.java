package org.sekisho.agent.journal;

/** The terminal's clocks, injected so that a test can turn them. Thread safe. */
public interface Clocks {
    /** Wall clock, microseconds since the epoch, UTC. May jump. */
    long wallMicros();

    /** Nanoseconds from any fixed point; never goes back within one run. Cheap. */
    long monotonicNanos();

    /**
     * Like {@link #monotonicNanos()} but also counting the time that the machine was asleep, to at least 100 ms. Asked only
     * when the other two disagree.
     */
    long elapsedNanos();

    /** The real ones. */
    static Clocks system() {
        return new SystemClocks();
    }
}
