package org.sekisho.agent.journal;

import java.util.OptionalLong;

/**
 * Notices that the wall clock was set, by holding it against the monotonic one.
 *
 * <p>The tolerance is 2 s within an hour: the kernel slews a clock by at most 500 ppm (adjtimex(2)), which is 1.8 s in an
 * hour, so time synchronisation never trips it, while a step of more than 2 s always does. After an hour without a jump the
 * comparison starts anew. Time asleep is no jump.
 *
 * <p>Not thread safe.
 */
final class ClockWatch {
    static final long TOLERANCE_MILLIS = 2_000;

    private static final long TOLERANCE_MICROS = TOLERANCE_MILLIS * 1_000;
    private static final long ANCHOR_NANOS = 3_600_000_000_000L;

    private final Clocks clocks;
    private Stamp anchor;
    private long anchorElapsed;

    ClockWatch(Clocks clocks) {
        this.clocks = clocks;
        this.anchor = Stamp.take(clocks);
        this.anchorElapsed = clocks.elapsedNanos();
    }

    /** New minus expected wall clock in milliseconds, once for each jump. */
    OptionalLong observe(Stamp now) {
        long wall = now.wallMicros() - anchor.wallMicros();
        long monotonic = now.monotonicNanos() - anchor.monotonicNanos();
        if (Math.abs(wall - monotonic / 1_000) <= TOLERANCE_MICROS) {
            if (monotonic >= ANCHOR_NANOS) {
                anchor = now;
                anchorElapsed = clocks.elapsedNanos();
            }
            return OptionalLong.empty();
        }
        long elapsed = clocks.elapsedNanos();
        long jump = wall - (elapsed - anchorElapsed) / 1_000;
        anchor = now;
        anchorElapsed = elapsed;
        return Math.abs(jump) <= TOLERANCE_MICROS ? OptionalLong.empty() : OptionalLong.of(jump / 1_000);
    }
}
