package org.sekisho.control.export;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A destination and how it stands.
 *
 * @param ownAuthority the receiver's certificate must come from an authority that was given with it
 * @param delivered events that the receiver has taken so far
 * @param waiting events that it hasn't taken yet; counted up to 10,000
 * @param failures in a row, since the last success
 * @param failure what the last failure was
 * @param version to be named when it is changed
 */
@Schema(
        name = "ExportDestination",
        requiredProperties = {
            "id",
            "name",
            "transport",
            "format",
            "address",
            "ownAuthority",
            "enabled",
            "delivered",
            "waiting",
            "failures",
            "version"
        })
public record DestinationView(
        UUID id,
        String name,
        Destination.Transport transport,
        Destination.Format format,
        String address,
        boolean ownAuthority,
        boolean enabled,
        long delivered,
        @Nullable Instant deliveredAt,
        long waiting,
        int failures,
        @Nullable Instant failedAt,
        @Nullable String failure,
        long version) {
    /** A look at the page mustn't count millions. */
    static final int MOST_COUNTED = 10_000;
}
