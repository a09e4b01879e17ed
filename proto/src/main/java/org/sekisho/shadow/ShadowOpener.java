package org.sekisho.shadow;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.sekisho.v1.SealedKey;
import org.sekisho.v1.ShadowHeader;
import org.sekisho.v1.ShadowPreface;

/** Opens shadow copies, in two steps by two people. */
public final class ShadowOpener {
    private ShadowOpener() {}

    /**
     * The approver's step: takes off the outer seal. What is returned is still sealed to the reader.
     *
     * @param key the approver's
     * @throws ShadowException if it is not for this key, or was changed
     */
    public static byte[] approve(String id, SealedKey sealed, X25519PrivateKeyParameters key) throws ShadowException {
        return Seal.open(
                key,
                ShadowFormat.INFO,
                ShadowFormat.bound(id, sealed.getReader(), sealed.getApprover()),
                sealed.getSealed().toByteArray());
    }

    /**
     * The reader's step: writes the content.
     *
     * @param approved what the approver's step gave
     * @param reader operator whose {@code key} it is
     * @param approver operator who approved
     * @param to gets the content chunk by chunk, each only when it is proven; after an exception it has a part, and is to be
     *     thrown away
     * @return path that the file should have got on its volume
     * @throws ShadowException if it is not for this key, or anything was changed, left out or cut off
     * @throws IOException if reading or writing fails
     */
    public static String open(
            InputStream sealed,
            byte[] approved,
            String reader,
            String approver,
            X25519PrivateKeyParameters key,
            OutputStream to)
            throws IOException {
        byte[] frame = ShadowFormat.frame(sealed);
        ShadowHeader header = ShadowFormat.header(frame);
        byte[] secret =
                Seal.open(key, ShadowFormat.INFO, ShadowFormat.bound(header.getId(), reader, approver), approved);
        return content(new SecretKeySpec(secret, "AES"), ShadowSealer.sha256(frame), header, sealed, to);
    }

    private static String content(SecretKey key, byte[] bound, ShadowHeader header, InputStream sealed, OutputStream to)
            throws IOException {
        MessageDigest digest = digest();
        int whole = ShadowFormat.CHUNK + ShadowFormat.TAG;
        String name = "";
        long bytes = 0;
        byte[] chunk = sealed.readNBytes(whole);
        for (int number = 0; ; number++) {
            byte[] next = chunk.length < whole ? new byte[0] : sealed.readNBytes(whole);
            boolean last = next.length == 0;
            byte[] clear = clear(key, bound, chunk, ShadowFormat.nonce(number, last));
            int from = 0;
            if (number == 0) {
                ByteArrayInputStream start = new ByteArrayInputStream(clear);
                name = ShadowPreface.parseFrom(ShadowFormat.frame(start)).getName();
                from = clear.length - start.available();
            }
            digest.update(clear, from, clear.length - from);
            to.write(clear, from, clear.length - from);
            bytes += clear.length - from;
            if (last) {
                break;
            }
            chunk = next;
        }
        boolean same = header.getSha256().isEmpty()
                || Arrays.equals(HexFormat.of().parseHex(header.getSha256()), digest.digest());
        if (!same || bytes != header.getBytes()) {
            throw new ShadowException("the content is not what the copy's header says");
        }
        return name;
    }

    private static byte[] clear(SecretKey key, byte[] bound, byte[] chunk, byte[] nonce) throws ShadowException {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(ShadowFormat.TAG * Byte.SIZE, nonce));
            cipher.updateAAD(bound);
            return cipher.doFinal(chunk);
        } catch (GeneralSecurityException e) {
            throw new ShadowException("the shadow copy was changed, or ends too early", e);
        }
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
