package org.sekisho.agent.uplink;

import java.io.IOException;
import java.time.Instant;
import org.sekisho.v1.Heartbeat;
import org.sekisho.v1.Hello;
import org.sekisho.v1.TerminalMessage;

/** What the terminal says of itself, as it is at that moment. For the uplink's loop. */
final class TerminalReport {
    private final UplinkParts parts;

    TerminalReport(UplinkParts parts) {
        this.parts = parts;
    }

    /** A stream's first message. */
    TerminalMessage hello() throws IOException {
        Outbox.Head head = parts.outbox().head();
        return TerminalMessage.newBuilder()
                .setHello(Hello.newBuilder()
                        .setTerminal(parts.identity().current().terminal())
                        .setWireVersion(Enrolment.WIRE_VERSION)
                        .setAgentVersion(parts.agentVersion())
                        .setRunningRevision(parts.duties().runningRevision())
                        .setPermitsRevision(parts.duties().permitsRevision())
                        .setMediaRegisterRevision(parts.duties().mediaRegisterRevision())
                        .setBoot(parts.boot())
                        .setLastSeq(head.lastSeq())
                        .setLastHash(head.lastHash())
                        .setAckedSeq(head.ackedSeq())
                        .setStatus(parts.duties().status()))
                .build();
    }

    TerminalMessage heartbeat(Instant now) throws IOException {
        return TerminalMessage.newBuilder()
                .setHeartbeat(Heartbeat.newBuilder()
                        .setRunningRevision(parts.duties().runningRevision())
                        .setBacklog(parts.outbox().backlog())
                        .setWallClockMicros(Micros.of(now)))
                .build();
    }

    TerminalMessage status() {
        return TerminalMessage.newBuilder().setStatus(parts.duties().status()).build();
    }
}
