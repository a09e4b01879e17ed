package org.sekisho.control.export;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait after so many failures in a row: twice as long each time, with jitter, so that replicas don't meet. Pure. */
public final class Backoff {
    private static final Duration FIRST = Duration.ofSeconds(1);
    /** A receiver that is back is served again within this time. */
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private Backoff() {}

    /** Between half of it and the whole. */
    public static Duration after(int failures, RandomGenerator random) {
        long millis = Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.clamp(failures - 1, 0, 20));
        return Duration.ofMillis(millis / 2 + random.nextLong(millis / 2 + 1));
    }
}
