package org.sekisho.policy;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.EdECKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import org.sekisho.v1.Signed;

/** The Ed25519 keys (RFC 8032) that policies are signed with. Pure, safe for all threads. */
public final class SigningKeys {
    static final String ALGORITHM = "Ed25519";
    /** What stands before the payload in the signature's input; see signed.proto. */
    static final byte[] CONTEXT = "sekisho/v1/signed\n".getBytes(StandardCharsets.US_ASCII);

    private static final int KEY_ID_BYTES = 8;

    private SigningKeys() {}

    /** Names a key in a {@code Signed}: the first 8 bytes of SHA-256 over its X.509 SubjectPublicKeyInfo. */
    public static ByteString id(PublicKey key) {
        return sha256(requireEd25519(key).getEncoded()).substring(0, KEY_ID_BYTES);
    }

    /**
     * Reads a public key.
     *
     * @param subjectPublicKeyInfo DER (RFC 8410)
     * @throws IllegalArgumentException when it is no Ed25519 key
     */
    public static PublicKey publicKey(byte[] subjectPublicKeyInfo) {
        try {
            return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(subjectPublicKeyInfo));
        } catch (GeneralSecurityException notAKey) {
            throw new IllegalArgumentException(
                    "Reading a policy signing key: the " + subjectPublicKeyInfo.length
                            + " bytes are no Ed25519 SubjectPublicKeyInfo; give the key that the server publishes",
                    notAKey);
        }
    }

    /** Whether this key signed the payload; whether it may be used is another question ({@link PolicyVerifier}). */
    public static boolean signed(Signed signed, PublicKey key) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(key);
            signature.update(CONTEXT);
            signature.update(signed.getPayload().asReadOnlyByteBuffer());
            return signature.verify(signed.getSignature().toByteArray());
        } catch (SignatureException notASignature) {
            // The JDK throws it for bytes that encode no point or an S out of range (RFC 8032 5.1.7).
            return false;
        } catch (NoSuchAlgorithmException | InvalidKeyException broken) {
            throw new IllegalStateException("Verifying with Ed25519 failed: " + broken.getMessage(), broken);
        }
    }

    static <K extends Key> K requireEd25519(K key) {
        if (key instanceof EdECKey edwards
                && edwards.getParams().getName().equals(NamedParameterSpec.ED25519.getName())) {
            return key;
        }
        throw new IllegalArgumentException(
                "A policy is signed with Ed25519, and a key for " + key.getAlgorithm() + " was given");
    }

    static ByteString sha256(byte[] bytes) {
        try {
            return ByteString.copyFrom(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }
}
