package org.sekisho.control.policy.simulation;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a draft would have done with what happened.
 *
 * @param against the segment's current revision; absent: none is published
 * @param from first moment of arrival that was looked at
 * @param attempts how many were decided again; events that count several acts count once
 * @param acts how many acts they stand for
 * @param auditOnly the draft itself stops nothing: it is in audit mode
 * @param newlyStopped acts that went through and would be stopped
 * @param newlyAllowed acts that were stopped and would go through
 * @param truncated there were more attempts than one simulation looks at; the newest were taken
 * @param groups acts that would end otherwise, alike together, most first; at most {@value #MAX_GROUPS}
 * @param otherActs acts in groups beyond those
 * @param rules each rule of the draft with the acts that it would have decided, in order
 */
@Schema(
        requiredProperties = {
            "segment",
            "from",
            "to",
            "attempts",
            "acts",
            "auditOnly",
            "newlyStopped",
            "newlyAllowed",
            "truncated",
            "groups",
            "otherActs",
            "rules"
        })
public record SimulationReport(
        String segment,
        @Nullable Long against,
        Instant from,
        Instant to,
        long attempts,
        long acts,
        boolean auditOnly,
        long newlyStopped,
        long newlyAllowed,
        boolean truncated,
        List<Group> groups,
        long otherActs,
        List<RuleUse> rules) {
    /** A page shows no more at once, and who reads further? */
    static final int MAX_GROUPS = 500;

    /** Which way an act would change. */
    public enum Direction {
        TIGHTENS,
        LOOSENS
    }

    /**
     * Acts alike.
     *
     * @param orgUnit of the terminal; absent: it has none
     * @param ruleBefore the rule that decided; absent: the channel's default
     * @param ruleAfter the draft's rule that would decide; absent: the channel's default
     * @param people how many different users; at most 10,000 are told apart
     * @param examples newest first, at most 20
     */
    @Schema(requiredProperties = {"direction", "channel", "before", "after", "acts", "people", "terminals", "examples"})
    public record Group(
            Direction direction,
            @Nullable String orgUnit,
            String channel,
            String before,
            String after,
            @Nullable String ruleBefore,
            @Nullable String ruleAfter,
            long acts,
            int people,
            int terminals,
            List<Example> examples) {}

    /** Where an event is found. */
    @Schema(requiredProperties = {"terminal", "seq"})
    public record Example(String terminal, long seq) {}

    /**
     * How often a rule would have decided.
     *
     * @param acts 0: the rule never matched in that time
     */
    @Schema(requiredProperties = {"rule", "acts", "disabled"})
    public record RuleUse(String rule, long acts, boolean disabled) {}
}
