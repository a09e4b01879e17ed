package org.sekisho.policy;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.sekisho.v1.Policy;

/**
 * Finds what is wrong or remarkable about a policy: values without meaning, rules that can never act, rules that contradict
 * each other, and policies under which nobody could work a terminal. What is reported as shadowed, contradictory or never
 * matching is certain; not everything that is so is found. Pure, safe for all threads.
 */
public final class PolicyCheck {
    private PolicyCheck() {}

    /**
     * Checks a policy.
     *
     * @param now rules whose last day is before it are reported as ended, which is never an error: a policy does not
     *     become invalid by waiting
     * @return without places in a text; at most some hundreds
     */
    public static List<Finding> check(Policy policy, Instant now) {
        FindingList findings = new FindingList();
        new ValueCheck(findings).check(policy);
        new StructureCheck(findings).check(policy);
        RuleCheck.check(policy, now, findings);
        new ShadowCopyCheck(findings).check(policy);
        new ShadowCheck(policy, findings).check();
        new LockOutCheck(policy, findings).check();
        return findings.inOrder();
    }

    /**
     * Checks a policy that came from a text.
     *
     * @param now as in {@link #check(Policy, Instant)}
     * @return with line and column, in the order of the text
     */
    public static List<Finding> check(ParsedPolicy parsed, Instant now) {
        return check(parsed.policy(), now).stream()
                .map(finding -> finding.at(parsed.source().locate(finding.path())))
                .sorted(Comparator.comparingInt(Finding::line).thenComparingInt(Finding::column))
                .toList();
    }
}
