package org.sekisho.agent.channel.clipboard;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** The reasons that users have given lately, so that who pastes again is not asked again. Thread-safe. */
final class GivenReasons {
    private final Map<Grant, Given> reasons = new LinkedHashMap<>();
    private final Duration holds;
    private final int most;
    private final LongSupplier nanos;

    /** What a reason was given for: this content, into this program, by this rule of this revision. */
    record Grant(long capture, int pid, String rule, long revision) {}

    private record Given(long at, String reason) {}

    /**
     * @param holds for how long a reason does
     * @param most reasons kept at once; when there are as many, who gives another is asked again
     */
    GivenReasons(Duration holds, int most, LongSupplier nanos) {
        this.holds = holds;
        this.most = most;
        this.nanos = nanos;
    }

    /** Keeps a reason; not if the program is unknown, for then it would hold for any. */
    synchronized void keep(Grant grant, String reason) {
        long now = nanos.getAsLong();
        reasons.values().removeIf(given -> over(given, now));
        if (grant.pid() != 0 && reasons.size() < most) {
            reasons.put(grant, new Given(now, reason));
        }
    }

    /** The reason that still holds; empty if none does. */
    synchronized String given(Grant grant) {
        Given given = reasons.get(grant);
        return given == null || over(given, nanos.getAsLong()) ? "" : given.reason();
    }

    private boolean over(Given given, long now) {
        return now - given.at() > holds.toNanos();
    }
}
