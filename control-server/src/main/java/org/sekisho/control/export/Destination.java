package org.sekisho.control.export;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where events go.
 *
 * @param address host and port, or an HTTPS address
 * @param anchor PEM of the authority that the receiver's certificate must come from; null: those that Java trusts
 * @param secret key of a webhook's signature; null for syslog, and if it can't be opened
 * @param version rises with each change of what an operator may change
 * @param bookmark the last event that was taken
 * @param bookmarkAt when that event was received
 */
public record Destination(
        UUID id,
        String name,
        Transport transport,
        Format format,
        String address,
        @Nullable String anchor,
        @Nullable String secret,
        boolean enabled,
        long version,
        long bookmark,
        Instant bookmarkAt,
        int failures) {
    /** How it gets there. */
    public enum Transport {
        SYSLOG,
        WEBHOOK
    }

    /** What each event is written as. */
    public enum Format {
        /** Syslog's own structured data, or for a webhook the event as REST has it. */
        PLAIN,
        /** ArcSight's Common Event Format, version 0. */
        CEF,
        /** Open Cybersecurity Schema Framework. */
        OCSF
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "Destination[" + name + " " + transport + " " + format + " " + address + "]";
    }
}
