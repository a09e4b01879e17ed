package org.sekisho.agent.journal;

/**
 * Both clocks, read together.
 *
 * @param wallMicros as {@link Clocks#wallMicros()}
 * @param monotonicNanos as {@link Clocks#monotonicNanos()}
 */
record Stamp(long wallMicros, long monotonicNanos) {
    /** Wall clock and monotonic clock agree to this; two reads are farther apart only if the thread was put aside. */
    private static final long TOGETHER_NANOS = 100_000_000;

    /** A machine that puts the thread aside three times in a row is so loaded that a wrong stamp is the lesser harm. */
    private static final int TRIES = 3;

    static Stamp take(Clocks clocks) {
        long before = clocks.monotonicNanos();
        for (int i = 1; ; i++) {
            long wall = clocks.wallMicros();
            long after = clocks.monotonicNanos();
            if (after - before <= TOGETHER_NANOS || i == TRIES) {
                return new Stamp(wall, after);
            }
            before = after;
        }
    }
}
