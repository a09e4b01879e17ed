package org.sekisho.policy;

import java.time.Instant;
import java.util.List;
import org.sekisho.v1.Policy;

/** Finds what is wrong or remarkable about a policy. Pure, safe for all threads. */
public final class PolicyCheck {
    private PolicyCheck() {}

    /**
     * Checks a policy.
     *
     * @param now rules whose last day is before it are reported
     * @return in the order of the document
     */
    public static List<Finding> check(Policy policy, Instant now) {
        return List.of();
    }
}
