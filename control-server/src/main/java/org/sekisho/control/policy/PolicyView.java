package org.sekisho.control.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A published revision.
 *
 * @param current the segment's newest
 * @param expiresAt from then on terminals refuse it; publish anew before
 * @param loosens against what was in force before; then a second person consented
 * @param approvedBy who consented; absent: it needed nobody
 * @param stage whom it is meant for, where it was not published to everybody at once
 * @param yaml the document; only for a single revision
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "Policy",
        requiredProperties = {
            "segment",
            "revision",
            "name",
            "publishedBy",
            "publishedAt",
            "reason",
            "expiresAt",
            "current",
            "loosens",
            "rollout"
        })
public record PolicyView(
        String segment,
        long revision,
        String name,
        String publishedBy,
        Instant publishedAt,
        String reason,
        Instant expiresAt,
        boolean current,
        boolean loosens,
        @Nullable String approvedBy,
        @Nullable StageView stage,
        RolloutView rollout,
        @Nullable String yaml) {
    /**
     * On how many terminals it has come how far; each counts once, at what it last said.
     *
     * @param intended active terminals of the segment
     * @param received got it, not yet verified
     * @param verified verified it, not yet enforced
     */
    @Schema(
            name = "Rollout",
            requiredProperties = {"intended", "received", "verified", "enforced", "refused"})
    public record RolloutView(long intended, long received, long verified, long enforced, long refused) {}

    /**
     * A roll-out in stages.
     *
     * @param pilot whom it goes to first
     * @param changedBy who brought it to this state
     */
    @Schema(
            name = "PolicyStage",
            requiredProperties = {"state", "pilot", "changedBy", "changedAt", "reason"})
    public record StageView(StageState state, Pilot pilot, String changedBy, Instant changedAt, String reason) {}

    /** How far a roll-out in stages has come. */
    public enum StageState {
        /** Meant for the pilot group. */
        PILOT,
        /** Meant for nobody who doesn't run it yet. */
        STOPPED,
        /** Meant for everybody. */
        ALL
    }
}
