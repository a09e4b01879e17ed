package org.sekisho.control.terminal.link;

import io.grpc.Status;
import java.time.Instant;
import java.util.Optional;
import org.sekisho.control.event.ingest.Ingest;
import org.sekisho.control.incident.IncidentKind;
import org.sekisho.control.incident.IncidentReport;
import org.sekisho.control.terminal.TerminalStore.KnownTerminal;
import org.sekisho.v1.Hello;
import org.sekisho.v1.ServerMessage;
import org.sekisho.v1.Welcome;

/** How a terminal's Hello is judged, and answered. */
final class Greeting {
    private static final int WIRE_VERSION = 1;
    /** A status says little; a larger one is not from us. */
    private static final int MAX_STATUS_BYTES = 256 * 1024;

    private final LinkParts parts;
    private final String terminal;

    /** @param terminal the one that the certificate proves */
    Greeting(LinkParts parts, String terminal) {
        this.parts = parts;
        this.terminal = terminal;
    }

    /** Why the stream must end; empty if the Hello can be answered. One in another's name becomes an incident. */
    Optional<Status> refusal(Hello hello) {
        if (!hello.getTerminal().equals(terminal)) {
            parts.incidents.open(IncidentReport.about(IncidentKind.WRONG_IDENTITY, terminal)
                    .withDetail("a stream with the certificate of " + terminal + " said that it is another terminal"));
            return Optional.of(Status.PERMISSION_DENIED.withDescription("the certificate is another terminal's"));
        }
        if (hello.getWireVersion() < WIRE_VERSION) {
            return Optional.of(
                    Status.FAILED_PRECONDITION.withDescription("this server speaks wire version " + WIRE_VERSION));
        }
        return refusal(hello.getStatus());
    }

    /** Why a stream must end that carries such a status; empty if it need not. */
    static Optional<Status> refusal(org.sekisho.v1.Status status) {
        return status.getSerializedSize() > MAX_STATUS_BYTES
                ? Optional.of(
                        Status.INVALID_ARGUMENT.withDescription("a status has at most " + MAX_STATUS_BYTES + " bytes"))
                : Optional.empty();
    }

    /** The answer, with what the terminal may have under way. */
    ServerMessage welcome(Ingest.Resumption resumption, KnownTerminal known) {
        Instant now = Instant.now();
        return ServerMessage.newBuilder()
                .setWelcome(Welcome.newBuilder()
                        .setDurableSeq(resumption.welcomeSeq())
                        .setDurableHash(resumption.welcomeHash())
                        .setCredit(CreditShare.of(parts.settings.ingestBytes(), parts.streams.count())
                                .credit())
                        .setHeartbeatSeconds(
                                Math.toIntExact(parts.settings.heartbeat().toSeconds()))
                        .setServerTimeMicros(
                                Math.multiplyExact(now.getEpochSecond(), 1_000_000L) + now.getNano() / 1_000)
                        .setServerVersion(parts.version)
                        .setOrgUnit(known.orgUnit() == null ? "" : known.orgUnit())
                        .setAwaitsApproval(!known.approved()))
                .build();
    }
}
