package org.sekisho.control.shadow;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A shadow copy.
 *
 * @param terminal that sent it, or is to
 * @param seq of the terminal's event that ordered it; absent: the copy came first
 * @param failure why there is none, in the terminal's words
 * @param orderedAt when the event was received
 * @param expiresAt when it is deleted, or was
 * @param bytes of the clear content, as the terminal said
 * @param sha256 of the clear content, lower-case hex, as the terminal said; absent: nobody has looked
 * @param custodians operators; any two of them together can open it
 * @param openings newest first
 */
@Schema(
        name = "ShadowCopy",
        requiredProperties = {"id", "terminal", "state", "custodians", "openings"})
public record ShadowCopyView(
        String id,
        String terminal,
        @Nullable Long seq,
        State state,
        @Nullable String failure,
        @Nullable Instant orderedAt,
        @Nullable Instant keptAt,
        @Nullable Instant expiresAt,
        @Nullable Long bytes,
        @Nullable String sha256,
        List<String> custodians,
        List<OpeningView> openings) {

    /** How a copy stands. */
    @Schema(name = "ShadowCopyState")
    public enum State {
        /** An event ordered it, and it has not come yet. */
        AWAITED,
        /** It is here. */
        KEPT,
        /** The terminal could make none. */
        FAILED,
        /** It was here, and was deleted when its time was over. */
        EXPIRED
    }
}
