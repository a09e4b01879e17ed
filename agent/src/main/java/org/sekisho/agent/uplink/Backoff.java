package org.sekisho.agent.uplink;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try to connect: a time drawn at random between nothing and a ceiling that doubles with
 * each failure ("full jitter"), so that thousands of terminals don't come back in step after the server was away. One
 * thread.
 */
public final class Backoff {
    private final Duration first;
    private final Duration cap;
    private final RandomGenerator random;
    private Duration ceiling;

    /**
     * @param first ceiling after the first failure
     * @param cap highest ceiling
     */
    public Backoff(Duration first, Duration cap, RandomGenerator random) {
        if (first.isNegative() || first.isZero() || cap.compareTo(first) < 0) {
            throw new IllegalArgumentException("back-off from %s to %s".formatted(first, cap));
        }
        this.first = first;
        this.cap = cap;
        this.random = requireNonNull(random, "random is null");
        this.ceiling = first;
    }

    /** A try has failed: how long to wait before the next. */
    public Duration failed() {
        Duration wait = Duration.ofMillis(random.nextLong(ceiling.toMillis() + 1));
        Duration doubled = ceiling.multipliedBy(2);
        ceiling = doubled.compareTo(cap) < 0 ? doubled : cap;
        return wait;
    }

    /**
     * A connection has ended that had been of use for {@code lived}. Only one that outlived the present ceiling counts as
     * success; a server that accepts and drops at once is not to be hammered.
     */
    public void ended(Duration lived) {
        if (lived.compareTo(ceiling) > 0) {
            ceiling = first;
        }
    }
}
