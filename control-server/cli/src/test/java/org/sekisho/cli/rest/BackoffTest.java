package org.sekisho.cli.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), new Random(1));

    @Test
    void doublesFromTheFirstWait() {
        assertThat(backoff.after(1)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
        assertThat(backoff.after(3)).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
    }

    @Test
    void neverExceedsTheLongestHoweverManyFailures() {
        for (int failures = 1; failures < 1_000; failures++) {
            assertThat(backoff.after(failures)).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(30));
        }
    }
}
