package org.sekisho.policy;

import org.sekisho.v1.Channel;
import org.sekisho.v1.ChannelDefault;
import org.sekisho.v1.Rule;
import org.sekisho.v1.Severity;
import org.sekisho.v1.Verdict;

/**
 * What a rule or a default does to an attempt.
 *
 * @param verdict never unset: what has no meaning blocks
 * @param severity never unset
 * @param liftable whether a permit may lift it
 */
record Outcome(Verdict verdict, Severity severity, boolean liftable) {
    /** Of a channel without a default. */
    static final Outcome ABSENT = new Outcome(Verdict.BLOCK, Severity.LOW, false);

    static Outcome of(Rule rule) {
        Verdict verdict = known(rule.getVerdict(), rule.getChannel());
        return new Outcome(verdict, known(rule.getSeverity()), rule.getPermitMayLift() && isRestriction(verdict));
    }

    static Outcome of(ChannelDefault fallback) {
        return new Outcome(known(fallback.getVerdict(), fallback.getChannel()), known(fallback.getSeverity()), false);
    }

    private static Verdict known(Verdict verdict, Channel channel) {
        return switch (verdict) {
            case ALLOW, AUDIT, JUSTIFY, BLOCK -> verdict;
            case READ_ONLY -> channel == Channel.MEDIA ? verdict : Verdict.BLOCK;
            case VERDICT_UNSPECIFIED, UNRECOGNIZED -> Verdict.BLOCK;
        };
    }

    private static Severity known(Severity severity) {
        return switch (severity) {
            case LOW, MEDIUM, HIGH, CRITICAL -> severity;
            case SEVERITY_UNSPECIFIED -> Severity.LOW;
            // A newer version's severity can only be a graver one.
            case UNRECOGNIZED -> Severity.CRITICAL;
        };
    }

    static boolean isRestriction(Verdict verdict) {
        return verdict == Verdict.JUSTIFY || verdict == Verdict.READ_ONLY || verdict == Verdict.BLOCK;
    }

    /** What is left of it when a permit is used: the act goes through and is recorded. */
    Verdict lifted() {
        return liftable ? Verdict.AUDIT : verdict;
    }
}
