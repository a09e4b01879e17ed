package org.sekisho.agent.uplink;

import java.time.Duration;
import java.time.Instant;

/**
 * When to ask for the next certificate: after 2/3 of the life of the present one, which leaves a third for a server that
 * is away; after a refusal again when half of what is left has passed. Pure.
 */
public final class RenewalSchedule {
    /** Asking more often than this can't help: people are needed. */
    static final Duration SHORTEST_PAUSE = Duration.ofMinutes(1);

    private RenewalSchedule() {}

    /**
     * How long to wait from {@code now} before asking for the first time.
     *
     * @return zero if it is time already, also when the certificate has expired
     */
    public static Duration firstTry(Instant notBefore, Instant notAfter, Instant now) {
        Duration life = Duration.between(notBefore, notAfter);
        Duration wait =
                Duration.between(now, notBefore.plus(life.multipliedBy(2).dividedBy(3)));
        return wait.isNegative() ? Duration.ZERO : wait;
    }

    /** How long to wait after a refusal or a lost answer; at least a minute. */
    public static Duration nextTry(Instant notAfter, Instant now) {
        Duration half = Duration.between(now, notAfter).dividedBy(2);
        return half.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : half;
    }
}
