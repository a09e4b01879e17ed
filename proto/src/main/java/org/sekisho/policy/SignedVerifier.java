package org.sekisho.policy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sekisho.v1.Refusal;
import org.sekisho.v1.Signed;
import org.sekisho.v1.SignedPayload;

/**
 * What is the same for all documents that a terminal takes: signature, tenant, audience, time and the revision floor.
 * Nothing of a document is looked at before its signature holds. Immutable, safe for all threads.
 */
final class SignedVerifier {
    private static final int SIGNATURE_BYTES = 64;

    private final Map<ByteString, PublicKey> trusted;
    private final String tenant;
    private final Set<String> audiences;

    /**
     * Verifies for one terminal.
     *
     * @throws IllegalArgumentException when a key is not Ed25519, or there is nothing to compare with
     */
    SignedVerifier(Collection<PublicKey> trusted, String tenant, Set<String> audiences) {
        if (tenant.isEmpty() || audiences.isEmpty() || audiences.contains("")) {
            throw new IllegalArgumentException("Verifying documents needs the terminal's tenant and audiences");
        }
        Map<ByteString, PublicKey> byId = new HashMap<>();
        for (PublicKey key : trusted) {
            byId.put(SigningKeys.id(key), key);
        }
        this.trusted = Map.copyOf(byId);
        this.tenant = tenant;
        this.audiences = Set.copyOf(audiences);
    }

    /** What is particular to one kind of document. */
    interface Content {
        /** Whether the payload holds such a document, in a form that can be judged. */
        @Nullable
        Fault shape(SignedPayload payload);

        /** Whether the document belongs to the payload's audience. */
        @Nullable
        Fault address(SignedPayload payload);

        /** Whether the document itself is sound; last, because it costs most. */
        @Nullable
        Fault check(SignedPayload payload, Instant now);
    }

    /** Opens a document; see {@link PolicyVerifier#verify}. */
    Opened open(Signed signed, Content content, RevisionFloor floor, Instant now) {
        ByteString sha256 = SigningKeys.sha256(signed.getPayload().toByteArray());
        Fault unsigned = signatureFault(signed);
        if (unsigned != null) {
            return new Opened.Unsound(unsigned.refused(0, sha256));
        }
        SignedPayload payload;
        try {
            payload = SignedPayload.parseFrom(signed.getPayload());
        } catch (InvalidProtocolBufferException notAPayload) {
            return new Opened.Unsound(
                    new Fault(Refusal.MALFORMED, "the payload is no SignedPayload: " + notAPayload.getMessage())
                            .refused(0, sha256));
        }
        Fault fault = Stream.<Supplier<@Nullable Fault>>of(
                        () -> content.shape(payload),
                        () -> revisionFault(payload),
                        () -> addressFault(payload),
                        () -> content.address(payload),
                        () -> timeFault(payload, now),
                        () -> rollBackFault(payload, floor, sha256),
                        () -> content.check(payload, now))
                .map(Supplier::get)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        return fault == null
                ? new Opened.Sound(payload, sha256)
                : new Opened.Unsound(fault.refused(payload.getRevision(), sha256));
    }

    private @Nullable Fault signatureFault(Signed signed) {
        if (signed.getPayload().size() > PolicyVerifier.MAX_PAYLOAD_BYTES) {
            return new Fault(
                    Refusal.MALFORMED,
                    "the payload has " + signed.getPayload().size() + " bytes, and the most is "
                            + PolicyVerifier.MAX_PAYLOAD_BYTES);
        }
        if (signed.getSignature().size() != SIGNATURE_BYTES) {
            return new Fault(
                    Refusal.MALFORMED,
                    "the signature has " + signed.getSignature().size() + " bytes, not " + SIGNATURE_BYTES);
        }
        PublicKey key = trusted.get(signed.getKeyId());
        if (key == null) {
            return new Fault(Refusal.UNKNOWN_KEY, "none of the " + trusted.size() + " trusted keys has this key id");
        }
        return SigningKeys.signed(signed, key)
                ? null
                : new Fault(Refusal.WRONG_SIGNATURE, "the signature does not fit the payload");
    }

    private static @Nullable Fault revisionFault(SignedPayload payload) {
        if (payload.getRevision() == 0) {
            return new Fault(Refusal.MALFORMED, "the payload has no revision");
        }
        if (payload.getExpiresAt() <= payload.getNotBefore()) {
            return new Fault(Refusal.MALFORMED, "it expires before it begins");
        }
        return null;
    }

    private @Nullable Fault addressFault(SignedPayload payload) {
        if (!payload.getTenant().equals(tenant)) {
            return new Fault(
                    Refusal.WRONG_TENANT, "it is for " + Excerpt.of(payload.getTenant()) + ", and this is " + tenant);
        }
        String audience = payload.getAudience();
        return audiences.contains(audience)
                ? null
                : new Fault(Refusal.WRONG_AUDIENCE, "it is for " + Excerpt.of(audience) + ", which this is not");
    }

    private static @Nullable Fault timeFault(SignedPayload payload, Instant now) {
        if (now.getEpochSecond() < payload.getNotBefore()) {
            return new Fault(
                    Refusal.NOT_YET_VALID,
                    "it begins at " + payload.getNotBefore() + ", now is " + now.getEpochSecond());
        }
        if (now.getEpochSecond() >= payload.getExpiresAt()) {
            return new Fault(
                    Refusal.EXPIRED, "it expired at " + payload.getExpiresAt() + ", now is " + now.getEpochSecond());
        }
        return null;
    }

    private static @Nullable Fault rollBackFault(SignedPayload payload, RevisionFloor floor, ByteString sha256) {
        int order = Long.compareUnsigned(payload.getRevision(), floor.revision());
        if (order < 0) {
            return new Fault(
                    Refusal.ROLLED_BACK,
                    "revision " + Long.toUnsignedString(payload.getRevision()) + " is below the floor "
                            + Long.toUnsignedString(floor.revision()));
        }
        if (order == 0 && !floor.payloadSha256().equals(sha256)) {
            return new Fault(
                    Refusal.ROLLED_BACK,
                    "revision " + Long.toUnsignedString(payload.getRevision())
                            + " was accepted before with another content");
        }
        return null;
    }
}
