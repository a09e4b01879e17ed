package org.sekisho.policy;

import java.util.List;
import org.sekisho.v1.Decision;

/**
 * Why an attempt was decided as it was.
 *
 * @param decision the decision
 * @param alone what the rules decide without any permit
 * @param lifting what permits have to do with it
 * @param rules every rule of the policy, in order
 */
public record Explanation(Decision decision, Decision alone, Lifting lifting, List<RuleTrace> rules) {
    public Explanation {
        rules = List.copyOf(rules);
    }

    /**
     * How a rule stood to the attempt.
     *
     * @param rule its id
     * @param standing how it stood
     * @param condition key of the first condition that did not hold, such as {@code clipboard.destination.paths}; empty
     *     when all hold or none was looked at
     */
    public record RuleTrace(String rule, Standing standing, String condition) {}

    /** What permits have to do with a decision. */
    public enum Lifting {
        /** Nothing is restricted that a permit would be needed for. */
        NOT_NEEDED,
        /** No permit may lift what decided. */
        NOT_LIFTABLE,
        /** A permit may lift the rule, and none was in force for this. */
        NONE_IN_FORCE,
        /** A permit lifted the rule. */
        LIFTED
    }

    /** How a rule stood to an attempt. */
    public enum Standing {
        /** It decided. */
        DECIDED,
        /** Its conditions hold, but an earlier rule had decided. */
        TOO_LATE,
        /** A condition does not hold. */
        NO_MATCH,
        /** It is for another channel. */
        OTHER_CHANNEL,
        /** It is disabled. */
        DISABLED
    }
}
