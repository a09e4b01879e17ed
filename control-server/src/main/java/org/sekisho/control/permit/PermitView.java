package org.sekisho.control.permit;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.media.Device;
import org.sekisho.control.media.MediaResource.EventRef;

/**
 * A permit.
 *
 * @param user account at the terminal
 * @param rules that it lifts; empty: any of its channel that lets itself be lifted
 * @param device which one; only for MEDIA
 * @param medium that device in the media register
 * @param files SHA-256 of those that may be written; with no fileNames either: any
 * @param fileNames of those that may be written, beside files; `*` and `?` are wildcards
 * @param uses how often; 0: any number
 * @param used how often it has been used, as the terminal has told
 * @param delivery whether the terminal goes by what was decided here
 * @param deliveryDetail why the terminal refuses its permits
 * @param event the attempt that it was asked for
 */
@Schema(
        name = "Permit",
        requiredProperties = {
            "id",
            "terminal",
            "host",
            "user",
            "channel",
            "direction",
            "rules",
            "files",
            "fileNames",
            "from",
            "until",
            "uses",
            "used",
            "reason",
            "grantedBy",
            "grantedAt",
            "state",
            "delivery"
        })
public record PermitView(
        UUID id,
        String terminal,
        String host,
        @Nullable String orgUnit,
        String user,
        String channel,
        Direction direction,
        List<String> rules,
        @Nullable Device device,
        @Nullable UUID medium,
        @Nullable String mediumName,
        List<String> files,
        List<String> fileNames,
        Instant from,
        Instant until,
        int uses,
        int used,
        @Nullable Instant usedAt,
        String reason,
        String grantedBy,
        Instant grantedAt,
        @Nullable String revokedBy,
        @Nullable Instant revokedAt,
        @Nullable String revokeReason,
        State state,
        Delivery delivery,
        @Nullable String deliveryDetail,
        @Nullable EventRef event) {

    /** How a permit stands. */
    @Schema(name = "PermitState")
    public enum State {
        /** Its time has not come. */
        UPCOMING,
        /** It can be used. */
        ACTIVE,
        /** All its uses are spent. */
        USED_UP,
        /** Its time has passed. */
        ENDED,
        /** It was taken back before its end. */
        REVOKED
    }

    /** What the terminal has heard of it. */
    @Schema(name = "PermitDelivery")
    public enum Delivery {
        /** The terminal has not answered yet: it may be off. */
        PENDING,
        /** The terminal goes by it. */
        IN_FORCE,
        /** The terminal has given it up. */
        WITHDRAWN,
        /** The terminal refuses its permits, and goes by those it had. */
        REFUSED
    }

    /** Which way. */
    @Schema(name = "PermitDirection")
    public enum Direction {
        /** Into the terminal: a medium is read-only. */
        INWARD,
        /** Out of the terminal. */
        OUTWARD
    }
}
