package org.sekisho.policy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sekisho.policy.Verification.Accepted;
import org.sekisho.policy.Verification.Refused;
import org.sekisho.v1.Refusal;
import org.sekisho.v1.Signed;
import org.sekisho.v1.SignedPayload;

/**
 * Decides whether a terminal may run a signed policy. Nothing of a document is looked at before its signature holds.
 * Immutable, safe for all threads.
 */
public final class PolicyVerifier {
    /** The contract's bound on {@code Signed.payload}. */
    public static final int MAX_PAYLOAD_BYTES = 4 << 20;

    private static final int SIGNATURE_BYTES = 64;
    private static final String SEGMENT_AUDIENCE = "segment:";

    private final Map<ByteString, PublicKey> trusted;
    private final String tenant;
    private final Set<String> audiences;

    /**
     * Verifies for one terminal.
     *
     * @param trusted the keys that policies may be signed with
     * @param tenant the installation that the terminal belongs to
     * @param audiences whom the terminal stands for, such as {@code segment:MY_NUMBER} and {@code terminal:<id>}
     * @throws IllegalArgumentException when a key is not Ed25519, or there is nothing to compare with
     */
    public PolicyVerifier(Collection<PublicKey> trusted, String tenant, Set<String> audiences) {
        if (tenant.isEmpty() || audiences.isEmpty() || audiences.contains("")) {
            throw new IllegalArgumentException("Verifying policies needs the terminal's tenant and audiences");
        }
        Map<ByteString, PublicKey> byId = new HashMap<>();
        for (PublicKey key : trusted) {
            byId.put(SigningKeys.id(key), key);
        }
        this.trusted = Map.copyOf(byId);
        this.tenant = tenant;
        this.audiences = Set.copyOf(audiences);
    }

    /**
     * Verifies a document.
     *
     * @param floor the highest revision accepted so far; the same document again is accepted again
     * @param now the terminal's clock
     */
    public Verification verify(Signed signed, RevisionFloor floor, Instant now) {
        ByteString sha256 = SigningKeys.sha256(signed.getPayload().toByteArray());
        Fault unsigned = signatureFault(signed);
        if (unsigned != null) {
            return unsigned.refused(0, sha256);
        }
        SignedPayload payload;
        try {
            payload = SignedPayload.parseFrom(signed.getPayload());
        } catch (InvalidProtocolBufferException notAPayload) {
            return new Fault(Refusal.MALFORMED, "the payload is no SignedPayload: " + notAPayload.getMessage())
                    .refused(0, sha256);
        }
        Fault fault = firstFault(payload, floor, sha256, now);
        if (fault != null) {
            return fault.refused(payload.getRevision(), sha256);
        }
        return new Accepted(payload.getPolicy(), payload.getRevision(), sha256);
    }

    private @Nullable Fault firstFault(SignedPayload payload, RevisionFloor floor, ByteString sha256, Instant now) {
        return Stream.<Supplier<@Nullable Fault>>of(
                        () -> shapeFault(payload),
                        () -> addressFault(payload),
                        () -> timeFault(payload, now),
                        () -> rollBackFault(payload, floor, sha256),
                        () -> checkFault(payload, now))
                .map(Supplier::get)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private @Nullable Fault signatureFault(Signed signed) {
        if (signed.getPayload().size() > MAX_PAYLOAD_BYTES) {
            return new Fault(
                    Refusal.MALFORMED,
                    "the payload has " + signed.getPayload().size() + " bytes, and the most is " + MAX_PAYLOAD_BYTES);
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
        return holds(signed, key) ? null : new Fault(Refusal.WRONG_SIGNATURE, "the signature does not fit the payload");
    }

    private static boolean holds(Signed signed, PublicKey key) {
        try {
            Signature signature = Signature.getInstance(SigningKeys.ALGORITHM);
            signature.initVerify(key);
            signature.update(SigningKeys.CONTEXT);
            signature.update(signed.getPayload().asReadOnlyByteBuffer());
            return signature.verify(signed.getSignature().toByteArray());
        } catch (SignatureException notASignature) {
            // The JDK throws it for bytes that encode no point or an S out of range (RFC 8032 5.1.7).
            return false;
        } catch (NoSuchAlgorithmException | InvalidKeyException broken) {
            throw new IllegalStateException("Verifying with Ed25519 failed: " + broken.getMessage(), broken);
        }
    }

    private static @Nullable Fault shapeFault(SignedPayload payload) {
        if (!payload.hasPolicy()) {
            return new Fault(Refusal.MALFORMED, "the payload holds no policy");
        }
        if (payload.getRevision() == 0 || payload.getPolicy().getRevision() != payload.getRevision()) {
            return new Fault(
                    Refusal.MALFORMED,
                    "the payload's revision " + Long.toUnsignedString(payload.getRevision()) + " and the policy's "
                            + Long.toUnsignedString(payload.getPolicy().getRevision()) + " are not one above 0");
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
        if (!audiences.contains(audience)) {
            return new Fault(Refusal.WRONG_AUDIENCE, "it is for " + Excerpt.of(audience) + ", which this is not");
        }
        String segment = payload.getPolicy().getSegment().name();
        if (audience.startsWith(SEGMENT_AUDIENCE) && !audience.equals(SEGMENT_AUDIENCE + segment)) {
            return new Fault(Refusal.WRONG_AUDIENCE, "it is for " + audience + " and holds a policy of " + segment);
        }
        return null;
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

    private static @Nullable Fault checkFault(SignedPayload payload, Instant now) {
        List<Finding> errors = PolicyCheck.check(payload.getPolicy(), now).stream()
                .filter(finding -> finding.level() == FindingLevel.ERROR)
                .toList();
        if (errors.isEmpty()) {
            return null;
        }
        Finding first = errors.get(0);
        return new Fault(
                Refusal.CHECK_FAILED,
                errors.size() + " errors; the first at " + first.path() + ": " + first.text(Locale.ENGLISH));
    }

    /** Why not. */
    private record Fault(Refusal refusal, String detail) {
        Refused refused(long claimedRevision, ByteString sha256) {
            return new Refused(refusal, detail, claimedRevision, sha256);
        }
    }
}
