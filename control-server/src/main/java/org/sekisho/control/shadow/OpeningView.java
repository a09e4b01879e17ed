package org.sekisho.control.shadow;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * That a custodian wants to open a copy, and what another one said.
 *
 * @param reader operator who asked
 * @param approver operator who decided; the reader: withdrawn
 * @param refusal why it was refused or withdrawn
 * @param lapsesAt when it ends: undecided, or approved
 * @param readAt when the reader took the copy first
 */
@Schema(
        name = "ShadowOpening",
        requiredProperties = {"id", "reader", "reason", "state", "askedAt", "lapsesAt"})
public record OpeningView(
        UUID id,
        String reader,
        String reason,
        State state,
        Instant askedAt,
        @Nullable String approver,
        @Nullable Instant decidedAt,
        @Nullable String refusal,
        Instant lapsesAt,
        @Nullable Instant readAt) {

    /** How an opening stands. */
    @Schema(name = "ShadowOpeningState")
    public enum State {
        /** Another custodian may approve or refuse it. */
        ASKED,
        /** Its reader may take the copy. */
        APPROVED,
        /** Refused, or withdrawn by its reader. */
        REFUSED,
        /** Its time is over. */
        LAPSED
    }
}
