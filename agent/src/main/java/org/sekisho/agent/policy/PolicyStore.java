package org.sekisho.agent.policy;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import org.sekisho.agent.sealed.FloorFile;
import org.sekisho.agent.sealed.SealedFile;
import org.sekisho.agent.sealed.SealingKey;
import org.sekisho.agent.secret.SecretStore;
import org.sekisho.policy.PolicyVerifier;
import org.sekisho.policy.RevisionFloor;
import org.sekisho.policy.Verification;
import org.sekisho.v1.Refusal;
import org.sekisho.v1.Signed;
import org.sekisho.v1.SignedPayload;
import org.sekisho.v1.Tampered;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the last good policy and the revision floor. One thread.
 *
 * <p>The floor is written after the policy; a crash between the two leaves a policy above the floor, which is good, and
 * never one below it.
 */
public final class PolicyStore {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyStore.class);

    private final SealedFile file;
    private final FloorFile floorFile;
    private RevisionFloor floor = RevisionFloor.NONE;

    /**
     * Opens the store.
     *
     * @param folder for stores alone; made if need be
     * @param scope which enrolment the policies and their floor are of, 1 to 32 of {@code [0-9a-f]}: revisions of another
     *     installation say nothing about this one's
     */
    public PolicyStore(Path folder, String scope, SecretStore secrets) throws IOException {
        SealingKey key = SealingKey.of(requireNonNull(secrets, "secrets is null"));
        this.file = new SealedFile(folder.resolve(scope), "policy", key);
        this.floorFile = new FloorFile(secrets, "floor-" + scope, key);
    }

    /**
     * What was found at start.
     *
     * @param running the last good policy, or none
     * @param tampered what somebody else than the agent did to the store
     */
    public record Found(RunningPolicy running, List<Tampered> tampered) {
        public Found {
            tampered = List.copyOf(tampered);
        }
    }

    /**
     * Loads the last good policy. One that has expired since, or is not yet valid by a clock that was put back, is still
     * the last good one; one whose signature does not hold, or that lies below the floor, is not.
     *
     * @throws IOException if the disk can't be read; then nothing is known, and the agent must not start
     */
    public Found load(PolicyVerifier verifier, Instant now) throws IOException {
        List<Tampered> tampered = new ArrayList<>();
        FloorFile.Reading reading = floorFile.read();
        reading.tampered().ifPresent(why -> tampered.add(tampered("revision floor", why)));
        floor = reading.floor();
        RunningPolicy running = RunningPolicy.NONE;
        try {
            Optional<Signed> signed = file.read();
            if (signed.isPresent()) {
                running = lastGood(verifier, signed.get(), now, tampered);
                if (!reading.present()) {
                    tampered.add(tampered("revision floor", "it is gone, and there is a policy"));
                }
                // The best that is left of a floor that was lost: never below what was running.
                if (Long.compareUnsigned(running.revision(), floor.revision()) > 0) {
                    raise(running);
                }
            } else if (floor.revision() != 0) {
                tampered.add(tampered(
                        "policy file",
                        "it is gone, and revision %s was enforced here"
                                .formatted(Long.toUnsignedString(floor.revision()))));
            }
        } catch (AEADBadTagException e) {
            tampered.add(tampered("policy file", "it is not what this agent wrote: " + e.getMessage()));
        }
        return new Found(running, tampered);
    }

    /** The floor as it is now. */
    RevisionFloor floor() {
        return floor;
    }

    void stage(Signed signed) throws IOException {
        file.stage(signed);
    }

    void discard() throws IOException {
        file.discard();
    }

    /** Makes the staged policy the last good one and raises the floor. Durable on return. */
    void commit(RunningPolicy running) throws IOException {
        file.replace();
        raise(running);
    }

    private void raise(RunningPolicy running) throws IOException {
        RevisionFloor raised = new RevisionFloor(running.revision(), running.payloadSha256());
        floorFile.write(raised);
        floor = raised;
    }

    private RunningPolicy lastGood(PolicyVerifier verifier, Signed signed, Instant now, List<Tampered> tampered) {
        Verification verification = verifier.verify(signed, floor, now);
        if (verification instanceof Verification.Refused refused
                && (refused.refusal() == Refusal.EXPIRED || refused.refusal() == Refusal.NOT_YET_VALID)) {
            LOG.warn("the last good policy is out of its time and goes on: {}", refused.detail());
            verification = verifier.verify(signed, floor, itsOwnTime(signed, now));
        }
        return switch (verification) {
            case Verification.Accepted accepted ->
                RunningPolicy.of(accepted.policy(), accepted.revision(), accepted.payloadSha256());
            case Verification.Refused refused -> {
                tampered.add(tampered("policy file", refused.refusal() + ": " + refused.detail()));
                yield RunningPolicy.NONE;
            }
        };
    }

    private static Instant itsOwnTime(Signed signed, Instant otherwise) {
        try {
            return Instant.ofEpochSecond(
                    SignedPayload.parseFrom(signed.getPayload()).getNotBefore());
        } catch (InvalidProtocolBufferException e) {
            return otherwise;
        }
    }

    private static Tampered tampered(String what, String detail) {
        return Tampered.newBuilder().setWhat(what).setDetail(detail).build();
    }
}
