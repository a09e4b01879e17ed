package org.sekisho.agent.permit;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import javax.crypto.AEADBadTagException;
import org.sekisho.agent.sealed.FloorFile;
import org.sekisho.agent.sealed.SealedFile;
import org.sekisho.policy.DocumentVerification;
import org.sekisho.policy.DocumentVerifier;
import org.sekisho.policy.RevisionFloor;
import org.sekisho.v1.DocumentKind;
import org.sekisho.v1.Event;
import org.sekisho.v1.PermitAck;
import org.sekisho.v1.PolicyRefused;
import org.sekisho.v1.Refusal;
import org.sekisho.v1.Signed;
import org.sekisho.v1.SignedPayload;
import org.sekisho.v1.Tampered;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest good document of a kind: verified, kept sealed, never taken back below its floor. What is refused leaves the one
 * before, and an event. One thread, but for {@link #revision}.
 *
 * @param <T> the document
 */
public final class HeldDocument<T> {
    private static final Logger LOG = LoggerFactory.getLogger(HeldDocument.class);

    private final DocumentKind kind;
    private final SealedFile file;
    private final FloorFile floorFile;
    private final DocumentVerifier<T> verifier;
    private final Consumer<Event.Builder> events;
    private RevisionFloor floor = RevisionFloor.NONE;
    private volatile long revision;
    private ByteString lastRefused = ByteString.EMPTY;

    /** Nothing is read before {@link #load}. */
    public HeldDocument(
            DocumentKind kind,
            SealedFile file,
            FloorFile floorFile,
            DocumentVerifier<T> verifier,
            Consumer<Event.Builder> events) {
        this.kind = requireNonNull(kind, "kind is null");
        this.file = requireNonNull(file, "file is null");
        this.floorFile = requireNonNull(floorFile, "floorFile is null");
        this.verifier = requireNonNull(verifier, "verifier is null");
        this.events = requireNonNull(events, "events is null");
    }

    /** Which revision is held. 0: none. Any thread. */
    long revision() {
        return revision;
    }

    /**
     * The document as it was kept; empty if there is none that is good.
     *
     * @throws IOException if the disk can't be read
     */
    Optional<T> load(Instant now) throws IOException {
        FloorFile.Reading reading = floorFile.read();
        reading.tampered().ifPresent(why -> tampered("revision floor", why));
        floor = reading.floor();
        Optional<Signed> signed;
        try {
            signed = file.read();
        } catch (AEADBadTagException e) {
            tampered("file", "it is not what this agent wrote: " + e.getMessage());
            return Optional.empty();
        }
        if (signed.isEmpty()) {
            if (floor.revision() != 0) {
                tampered(
                        "file",
                        "it is gone, and revision " + Long.toUnsignedString(floor.revision()) + " was held here");
            }
            return Optional.empty();
        }
        return switch (verifier.verify(signed.get(), floor, itsTime(signed.get(), now))) {
            case DocumentVerification.Accepted<T> accepted -> {
                if (!reading.present()) {
                    tampered("revision floor", "it is gone, and there is a document");
                }
                if (Long.compareUnsigned(accepted.revision(), floor.revision()) > 0) {
                    raise(accepted);
                }
                revision = accepted.revision();
                yield Optional.of(accepted.document());
            }
            case DocumentVerification.Refused<T> refused -> {
                tampered("file", refused.refusal() + ": " + refused.detail());
                yield Optional.empty();
            }
        };
    }

    /** What has expired since it was taken is still the last good one; permits end by themselves. */
    private static Instant itsTime(Signed signed, Instant now) {
        try {
            SignedPayload payload = SignedPayload.parseFrom(signed.getPayload());
            Instant first = Instant.ofEpochSecond(payload.getNotBefore());
            return now.isBefore(first) || now.getEpochSecond() >= payload.getExpiresAt() ? first : now;
        } catch (InvalidProtocolBufferException e) {
            return now;
        }
    }

    /**
     * Takes a document that has arrived, if it is good.
     *
     * @param inForce called with it once it is on the disk
     * @return the answer
     */
    PermitAck take(Signed signed, Instant now, Consumer<T> inForce) {
        return switch (verifier.verify(signed, floor, now)) {
            case DocumentVerification.Accepted<T> accepted -> keep(signed, accepted, inForce);
            case DocumentVerification.Refused<T> refused -> refuse(refused);
        };
    }

    private PermitAck keep(Signed signed, DocumentVerification.Accepted<T> accepted, Consumer<T> inForce) {
        try {
            file.stage(signed);
            file.replace();
            raise(accepted);
        } catch (IOException e) {
            // In force all the same: what it takes away must not wait for a disk.
            LOG.error("{} revision {} is in force but could not be kept", kind, accepted.revision(), e);
            floor = new RevisionFloor(accepted.revision(), accepted.payloadSha256());
        }
        revision = accepted.revision();
        lastRefused = ByteString.EMPTY;
        inForce.accept(accepted.document());
        LOG.info("{} revision {} is in force", kind, Long.toUnsignedString(accepted.revision()));
        return ack(accepted.revision(), accepted.payloadSha256()).build();
    }

    private PermitAck refuse(DocumentVerification.Refused<T> refused) {
        LOG.warn("{} refused: {}: {}", kind, refused.refusal(), refused.detail());
        // The server may send the same document on each connection; one event says it.
        if (!refused.payloadSha256().equals(lastRefused)) {
            lastRefused = refused.payloadSha256();
            events.accept(Event.newBuilder()
                    .setPolicyRefused(PolicyRefused.newBuilder()
                            .setDocument(kind)
                            .setClaimedRevision(refused.claimedRevision())
                            .setRefusal(refused.refusal())
                            .setDetail(refused.detail())
                            .setPayloadSha256(refused.payloadSha256())));
        }
        return ack(refused.claimedRevision(), refused.payloadSha256())
                .setRefusal(refused.refusal() == Refusal.REFUSAL_UNSPECIFIED ? Refusal.MALFORMED : refused.refusal())
                .setDetail(refused.detail())
                .build();
    }

    private PermitAck.Builder ack(long number, ByteString sha256) {
        return PermitAck.newBuilder().setDocument(kind).setRevision(number).setPayloadSha256(sha256);
    }

    private void raise(DocumentVerification.Accepted<T> accepted) throws IOException {
        RevisionFloor raised = new RevisionFloor(accepted.revision(), accepted.payloadSha256());
        floorFile.write(raised);
        floor = raised;
    }

    private void tampered(String what, String detail) {
        LOG.error("tampered: {} {}: {}", kind, what, detail);
        events.accept(Event.newBuilder()
                .setTampered(Tampered.newBuilder()
                        .setWhat((kind == DocumentKind.PERMIT_BOOK ? "permits " : "media register ") + what)
                        .setDetail(detail)));
    }
}
