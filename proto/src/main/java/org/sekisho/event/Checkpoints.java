package org.sekisho.event;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Objects;
import org.sekisho.v1.Checkpoint;

/**
 * Signs and verifies a terminal's checkpoints: SHA256withECDSA over the input that {@code Checkpoint} in
 * {@code event.proto} documents, with the P-256 key of the terminal's certificate. Thread safe.
 */
public final class Checkpoints {
    /** Longest DER of a P-256 signature: two 33-byte integers and three headers (X.690), with room to spare. */
    private static final int MAX_SIGNATURE_BYTES = 80;

    private static final String ALGORITHM = "SHA256withECDSA";
    private static final byte[] CONTEXT = "sekisho/v1/checkpoint\n".getBytes(StandardCharsets.US_ASCII);

    private Checkpoints() {}

    /** The exact bytes that are signed for this terminal and head. */
    public static byte[] signatureInput(String terminal, ChainHead through) {
        byte[] id = terminal.getBytes(StandardCharsets.UTF_8);
        ByteBuffer input = ByteBuffer.allocate(CONTEXT.length + id.length + 1 + Long.BYTES + EventChain.HASH_BYTES)
                .put(CONTEXT)
                .put(id)
                .put((byte) 0)
                .putLong(through.seq());
        through.hash().copyTo(input);
        return input.array();
    }

    /** SHA-256 of the key's SubjectPublicKeyInfo, as {@code Checkpoint.public_key_sha256} names a key. */
    public static ByteString keyName(PublicKey key) {
        byte[] encoded = Objects.requireNonNull(key.getEncoded(), "the public key has no X.509 form");
        try {
            return UnsafeByteOperations.unsafeWrap(
                    MessageDigest.getInstance("SHA-256").digest(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime lacks SHA-256, which every one must have", e);
        }
    }

    /**
     * Signs the chain up to and with {@code through}.
     *
     * @throws InvalidKeyException if the key can't be used with ECDSA
     * @throws SignatureException if the provider fails to sign
     */
    public static Checkpoint sign(String terminal, ChainHead through, PrivateKey key, PublicKey publicKey)
            throws InvalidKeyException, SignatureException {
        Signature signer = ecdsa();
        signer.initSign(key);
        signer.update(signatureInput(terminal, through));
        return Checkpoint.newBuilder()
                .setThroughSeq(through.seq())
                .setChainHash(through.hash())
                .setSignature(UnsafeByteOperations.unsafeWrap(signer.sign()))
                .setPublicKeySha256(keyName(publicKey))
                .build();
    }

    /**
     * Whether the checkpoint names this key and the key signed what the checkpoint claims. Whether the claim is true of the
     * chain, {@link #fits} says.
     *
     * @return false for any malformed content
     * @throws InvalidKeyException if the key can't be used with ECDSA
     */
    public static boolean verify(String terminal, Checkpoint checkpoint, PublicKey key) throws InvalidKeyException {
        if (checkpoint.getThroughSeq() < 0
                || checkpoint.getChainHash().size() != EventChain.HASH_BYTES
                || checkpoint.getSignature().size() > MAX_SIGNATURE_BYTES
                || !keyName(key).equals(checkpoint.getPublicKeySha256())) {
            return false;
        }
        Signature verifier = ecdsa();
        verifier.initVerify(key);
        try {
            verifier.update(
                    signatureInput(terminal, new ChainHead(checkpoint.getThroughSeq(), checkpoint.getChainHash())));
            return verifier.verify(checkpoint.getSignature().toByteArray());
        } catch (SignatureException e) {
            // Not DER, or numbers out of range: the content's fault, and so just not a valid signature.
            return false;
        }
    }

    /**
     * Whether the checkpoint speaks of the event right before it.
     *
     * @param before the head that the checkpoint's own event was linked to
     */
    public static boolean fits(Checkpoint checkpoint, ChainHead before) {
        return checkpoint.getThroughSeq() == before.seq()
                && checkpoint.getChainHash().equals(before.hash());
    }

    private static Signature ecdsa() {
        try {
            return Signature.getInstance(ALGORITHM);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime lacks " + ALGORITHM + " (module jdk.crypto.ec)", e);
        }
    }
}
