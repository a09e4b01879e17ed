package org.sekisho.control.terminal.link;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;
import org.sekisho.control.incident.IncidentKind;
import org.sekisho.control.incident.IncidentReport;
import org.sekisho.control.shadow.ShadowArrival;
import org.sekisho.control.shadow.ShadowCopies;
import org.sekisho.control.shadow.ShadowRefusedException;
import org.sekisho.v1.ShadowCopyKept;
import org.sekisho.v1.ShadowCopyStart;

/** Lets in a few shadow copies at a time, and says what a refusal means to terminals. Thread-safe. */
@Singleton
class ShadowIntake {
    private static final Logger LOG = Logger.getLogger(ShadowIntake.class);
    /** On this replica. Each has a block in memory, and writes one at a time beside the events. */
    private static final int MOST = 8;

    private final LinkParts parts;
    private final ShadowCopies copies;
    private final Semaphore room = new Semaphore(MOST);

    @Inject
    ShadowIntake(LinkParts parts, ShadowCopies copies) {
        this.parts = parts;
        this.copies = copies;
    }

    /** Takes one call. */
    ShadowUpload open(Peer peer, ServerCallStreamObserver<ShadowCopyKept> call) {
        ShadowUpload upload = new ShadowUpload(peer, call, this, parts.timer);
        call.setOnCancelHandler(upload::gone);
        call.setOnCloseHandler(upload::gone);
        return upload;
    }

    /** Whether one more may begin; who may must {@link #left leave}. */
    boolean enter() {
        return room.tryAcquire();
    }

    void left() {
        room.release();
    }

    Optional<ShadowArrival> begin(Peer peer, ShadowCopyStart start) throws ShadowRefusedException {
        return copies.begin(peer.id(), start);
    }

    /** Whether the terminal has been revoked since the call began. */
    boolean isRevoked(Peer peer) {
        return parts.admitted(peer).isEmpty();
    }

    /** What the terminal is told. */
    Status refusal(Peer peer, ShadowRefusedException refused) {
        String why = refused.getMessage();
        LOG.warnf("A shadow copy of terminal %s was not taken: %s", peer.id(), why);
        return switch (refused.reason()) {
            case NEVER -> Status.INVALID_ARGUMENT.withDescription(why);
            case FOREIGN -> {
                parts.incidents.open(IncidentReport.about(IncidentKind.WRONG_IDENTITY, peer.id())
                        .withDetail("sent a shadow copy under the id of another terminal's"));
                yield Status.INVALID_ARGUMENT.withDescription(why);
            }
            case NO_ROOM -> Status.RESOURCE_EXHAUSTED.withDescription(why);
            case REPLACED -> Status.ABORTED.withDescription(why);
        };
    }
}
