package org.sekisho.agent.uplink;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.ByteString;

/**
 * What an uplink works with.
 *
 * @param transport opens streams
 * @param identity who the terminal is
 * @param outbox what it has to say
 * @param duties what it does when spoken to
 * @param agentVersion for people
 * @param boot this run of the service, 16 bytes
 */
public record UplinkParts(
        TerminalTransport transport,
        LiveIdentity identity,
        Outbox outbox,
        TerminalDuties duties,
        String agentVersion,
        ByteString boot) {
    public UplinkParts {
        requireNonNull(transport, "transport is null");
        requireNonNull(identity, "identity is null");
        requireNonNull(outbox, "outbox is null");
        requireNonNull(duties, "duties is null");
        requireNonNull(agentVersion, "agentVersion is null");
        requireNonNull(boot, "boot is null");
    }
}
