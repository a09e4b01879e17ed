package org.sekisho.policy;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;
import org.sekisho.v1.Signed;
import org.sekisho.v1.SignedPayload;

/** Signs policies for terminals. Immutable, safe for all threads. */
public final class PolicySigner {
    /** What stands before the payload when it is signed, so that the signature is good for nothing else. */
    public static final String PREFIX = new String(SigningKeys.CONTEXT, StandardCharsets.US_ASCII);

    private final PrivateKey privateKey;
    private final ByteString keyId;

    /** @throws IllegalArgumentException when the keys are not Ed25519 */
    public PolicySigner(KeyPair keys) {
        this.privateKey = SigningKeys.requireEd25519(keys.getPrivate());
        this.keyId = SigningKeys.id(keys.getPublic());
    }

    /**
     * Signs a payload, which is serialized here and never again.
     *
     * @throws IllegalArgumentException when the payload is larger than a terminal takes
     */
    public Signed sign(SignedPayload payload) {
        return sign(payload.toByteString());
    }

    /**
     * Signs bytes as they are.
     *
     * @param payload a serialized {@code SignedPayload}
     * @throws IllegalArgumentException when they are more than a terminal takes
     */
    public Signed sign(ByteString payload) {
        if (payload.size() > PolicyVerifier.MAX_PAYLOAD_BYTES) {
            throw new IllegalArgumentException("Signing a policy: its " + payload.size() + " bytes are more than the "
                    + PolicyVerifier.MAX_PAYLOAD_BYTES + " that a terminal takes; make the policy smaller");
        }
        try {
            Signature signature = Signature.getInstance(SigningKeys.ALGORITHM);
            signature.initSign(privateKey);
            signature.update(SigningKeys.CONTEXT);
            signature.update(payload.asReadOnlyByteBuffer());
            return Signed.newBuilder()
                    .setPayload(payload)
                    .setSignature(ByteString.copyFrom(signature.sign()))
                    .setKeyId(keyId)
                    .build();
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException("Signing a policy with Ed25519 failed: " + failed.getMessage(), failed);
        }
    }
}
