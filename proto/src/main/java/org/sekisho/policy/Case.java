package org.sekisho.policy;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.sekisho.v1.Attempt;
import org.sekisho.v1.Circumstances;
import org.sekisho.v1.NetworkSubject;

/** One attempt as the conditions look at it; keeps what several of them would compute again. One decision, one thread. */
final class Case {
    private final Circumstances circumstances;
    private final Attempt attempt;
    private @Nullable ZoneId zone;
    private @Nullable LocalDateTime localTime;
    private @Nullable Peer peer;

    Case(Circumstances circumstances, Attempt attempt) {
        this.circumstances = circumstances;
        this.attempt = attempt;
    }

    Circumstances circumstances() {
        return circumstances;
    }

    Attempt attempt() {
        return attempt;
    }

    LocalDateTime at(ZoneId wanted) {
        LocalDateTime known = localTime;
        if (known == null || !wanted.equals(zone)) {
            known = LocalDateTime.ofInstant(Instant.EPOCH.plus(circumstances.getAtMicros(), ChronoUnit.MICROS), wanted);
            localTime = known;
            zone = wanted;
        }
        return known;
    }

    Peer peer() {
        Peer known = peer;
        if (known == null) {
            NetworkSubject network = attempt.getNetwork();
            IpAddress address = IpAddress.parse(network.getAddress());
            known = new Peer(
                    address != null ? address : IpAddress.parse(network.getHost()),
                    Destination.hostForm(network.getHost()));
            peer = known;
        }
        return known;
    }

    /**
     * The other end of a connection.
     *
     * @param address null when not known
     * @param host empty when not known
     */
    record Peer(@Nullable IpAddress address, String host) {}
}
