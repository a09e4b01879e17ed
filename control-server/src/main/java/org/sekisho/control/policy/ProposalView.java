package org.sekisho.control.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.policy.PoliciesResource.PolicyChange;

/**
 * A draft that loosens, and what became of it.
 *
 * @param against the segment's newest revision when it was made
 * @param mine whether who asks proposed it, and so can't consent to it
 * @param pilot whom it goes to first; absent: to everybody at once
 * @param decidedBy who consented, refused or withdrew
 * @param revision what it became
 * @param changes against what was in force; only for a single proposal
 * @param yaml the document; only for a single proposal
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "PolicyProposal",
        requiredProperties = {
            "id",
            "segment",
            "name",
            "reason",
            "against",
            "state",
            "proposedBy",
            "proposedAt",
            "expiresAt",
            "mine"
        })
public record ProposalView(
        long id,
        String segment,
        String name,
        String reason,
        long against,
        State state,
        String proposedBy,
        Instant proposedAt,
        Instant expiresAt,
        boolean mine,
        @Nullable Pilot pilot,
        @Nullable String decidedBy,
        @Nullable Instant decidedAt,
        @Nullable String decisionReason,
        @Nullable Long revision,
        @Nullable List<PolicyChange> changes,
        @Nullable String yaml) {
    /** Where a proposal stands. */
    public enum State {
        /** It waits for a second person. */
        OPEN,
        /** It became a revision. */
        APPROVED,
        /** A second person said no. */
        REFUSED,
        /** Its author took it back. */
        WITHDRAWN,
        /** Nobody answered in time. */
        EXPIRED,
        /** A newer revision was published meanwhile: what was proposed is no longer what would change. */
        STALE
    }

    ProposalView with(List<PolicyChange> found) {
        return new ProposalView(
                id,
                segment,
                name,
                reason,
                against,
                state,
                proposedBy,
                proposedAt,
                expiresAt,
                mine,
                pilot,
                decidedBy,
                decidedAt,
                decisionReason,
                revision,
                found,
                yaml);
    }
}
