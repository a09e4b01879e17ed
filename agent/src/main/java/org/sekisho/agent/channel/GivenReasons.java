package org.sekisho.agent.channel;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** The reasons that people have given lately, so that who tries the same again is not asked again. Thread-safe. */
public final class GivenReasons {
    private final Map<Object, Given> reasons = new LinkedHashMap<>();
    private final Duration holds;
    private final int most;
    private final LongSupplier nanos;

    private record Given(long at, String reason) {}

    /**
     * Keeps nothing yet.
     *
     * @param holds for how long a reason does
     * @param most reasons kept at once; when there are as many, who gives another is asked again
     */
    public GivenReasons(Duration holds, int most, LongSupplier nanos) {
        this.holds = holds;
        this.most = most;
        this.nanos = nanos;
    }

    /** Keeps a reason for what {@code grant} is equal to. */
    public synchronized void keep(Object grant, String reason) {
        long now = nanos.getAsLong();
        reasons.values().removeIf(given -> over(given, now));
        if (reasons.size() < most) {
            reasons.put(grant, new Given(now, reason));
        }
    }

    /** The reason that still holds; empty if none does. */
    public synchronized String given(Object grant) {
        Given given = reasons.get(grant);
        return given == null || over(given, nanos.getAsLong()) ? "" : given.reason();
    }

    private boolean over(Given given, long now) {
        return now - given.at() > holds.toNanos();
    }
}
