package org.sekisho.agent.desktop;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * When a helper that died is started again: at once, then with pauses that double; and when to say that it can't be kept
 * alive. One thread.
 */
final class RestartDelay {
    /** Deaths within {@link #WINDOW} after which the session counts as unguarded for good. */
    static final int TOO_MANY = 5;

    static final Duration WINDOW = Duration.ofMinutes(1);
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final Deque<Long> deaths = new ArrayDeque<>();

    /** A helper died at {@code nanos} on the monotonic clock: how long to wait. */
    Duration died(long nanos) {
        deaths.addLast(nanos);
        while (nanos - deaths.getFirst() > WINDOW.toNanos()) {
            deaths.removeFirst();
        }
        if (deaths.size() == 1) {
            return Duration.ZERO;
        }
        Duration doubled = FIRST.multipliedBy(1L << Math.min(deaths.size() - 2, 20));
        return doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    }

    /** Whether it died too often of late. */
    boolean tooOften() {
        return deaths.size() >= TOO_MANY;
    }
}
