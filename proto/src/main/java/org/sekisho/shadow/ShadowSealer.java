package org.sekisho.shadow;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.ByteString;
import java.io.ByteArrayInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.params.X25519PublicKeyParameters;
import org.sekisho.v1.Custodian;
import org.sekisho.v1.SealedKey;
import org.sekisho.v1.ShadowHeader;
import org.sekisho.v1.ShadowPreface;

/** Seals content to custodians. Thread-safe. */
public final class ShadowSealer {
    private static final int KEY_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final List<Custodian> custodians;

    /**
     * @param custodians as a checked policy has them
     * @throws IllegalArgumentException if they are fewer than two, more than eight, or one has no usable key
     */
    public ShadowSealer(List<Custodian> custodians) {
        this.custodians = List.copyOf(custodians);
        if (custodians.size() < ShadowFormat.FEWEST_CUSTODIANS || custodians.size() > ShadowFormat.MOST_CUSTODIANS) {
            throw new IllegalArgumentException("two to eight custodians are needed, not " + custodians.size());
        }
        this.custodians.forEach(ShadowSealer::key);
    }

    /**
     * Seals one file.
     *
     * @param about id, hash and size of the content
     * @param name path on the volume, not masked; sealed too
     * @param content read to its end, at most {@link ShadowFormat#MOST_BYTES}
     * @throws IOException if reading or writing fails; what was written by then is to be thrown away
     */
    public void seal(About about, String name, InputStream content, OutputStream to) throws IOException {
        byte[] secret = new byte[KEY_BYTES];
        RANDOM.nextBytes(secret);
        byte[] header = header(about, secret).toByteArray();
        DataOutputStream out = new DataOutputStream(to);
        out.writeInt(header.length);
        out.write(header);
        byte[] preface = ShadowPreface.newBuilder().setName(name).build().toByteArray();
        chunks(
                new SecretKeySpec(secret, "AES"),
                sha256(header),
                new SequenceInputStream(new ByteArrayInputStream(framed(preface)), content),
                out);
        out.flush();
    }

    private ShadowHeader header(About about, byte[] secret) throws ShadowException {
        ShadowHeader.Builder header = ShadowHeader.newBuilder()
                .setVersion(ShadowFormat.VERSION)
                .setId(about.id())
                .setSha256(about.sha256())
                .setBytes(about.bytes());
        for (Custodian reader : custodians) {
            for (Custodian approver : custodians) {
                if (!reader.equals(approver)) {
                    byte[] bound = ShadowFormat.bound(about.id(), reader.getOperator(), approver.getOperator());
                    byte[] inner = Seal.seal(key(reader), ShadowFormat.INFO, bound, secret);
                    byte[] outer = Seal.seal(key(approver), ShadowFormat.INFO, bound, inner);
                    header.addKeys(SealedKey.newBuilder()
                            .setReader(reader.getOperator())
                            .setApprover(approver.getOperator())
                            .setSealed(ByteString.copyFrom(outer)));
                }
            }
        }
        return header.build();
    }

    private static X25519PublicKeyParameters key(Custodian custodian) {
        return CustodianKey.read(custodian.getKey())
                .orElseThrow(() -> new IllegalArgumentException("custodian has no usable key"));
    }

    private static byte[] framed(byte[] bytes) {
        return ByteBuffer.allocate(Integer.BYTES + bytes.length)
                .putInt(bytes.length)
                .put(bytes)
                .array();
    }

    private static void chunks(SecretKey key, byte[] bound, InputStream clear, OutputStream out) throws IOException {
        byte[] chunk = clear.readNBytes(ShadowFormat.CHUNK);
        for (int number = 0; ; number++) {
            byte[] next = chunk.length < ShadowFormat.CHUNK ? new byte[0] : clear.readNBytes(ShadowFormat.CHUNK);
            boolean last = next.length == 0;
            try {
                Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
                cipher.init(
                        Cipher.ENCRYPT_MODE,
                        key,
                        new GCMParameterSpec(ShadowFormat.TAG * Byte.SIZE, ShadowFormat.nonce(number, last)));
                cipher.updateAAD(bound);
                out.write(cipher.doFinal(chunk));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java runtime has AES-GCM", e);
            }
            if (last) {
                return;
            }
            chunk = next;
        }
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    /**
     * What a copy says of itself in clear.
     *
     * @param id as in the event, see {@link ShadowFormat#isId}
     * @param sha256 of the clear content, lower-case hex; empty: not known
     * @param bytes of the clear content
     */
    public record About(String id, String sha256, long bytes) {
        public About {
            requireNonNull(sha256, "sha256 is null");
            if (!ShadowFormat.isId(id)) {
                throw new IllegalArgumentException("not 32 lower-case hex digits: " + id);
            }
        }
    }
}
