package org.sekisho.cli.rest;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before try number n: doubling from {@code first} up to {@code longest}, then drawn from its upper half. */
record Backoff(Duration first, Duration longest, RandomGenerator random) {
    /** {@code failures} so far, from 1. */
    Duration after(int failures) {
        // 2^20 × 1 ms is already beyond any sensible longest wait; more doublings would only overflow.
        long doubled = first.toMillis() << Math.min(failures - 1, 20);
        long bound = Math.min(doubled, longest.toMillis());
        return Duration.ofMillis(bound / 2 + random.nextLong(bound / 2 + 1));
    }
}
