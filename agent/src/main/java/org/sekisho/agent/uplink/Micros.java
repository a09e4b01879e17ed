package org.sekisho.agent.uplink;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Wall clock times as the wire has them. */
final class Micros {
    private Micros() {}

    /** Microseconds since the epoch. */
    static long of(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
