package org.sekisho.evidence;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/**
 * One link of the server's audit chain: {@code hash = SHA-256(prev ‖ seq ‖ micros ‖ each text with its length)}. Numbers are 8
 * bytes big endian, lengths 4, texts UTF-8; the lengths keep one field from being read as another.
 */
public final class AuditLink {
    private AuditLink() {}

    /**
     * The link's hash.
     *
     * @param texts operator, action, target, detail
     */
    public static byte[] hash(byte[] prev, long seq, long micros, List<String> texts) {
        MessageDigest sha256 = EvidenceFormat.sha256();
        sha256.update(prev);
        sha256.update(
                ByteBuffer.allocate(2 * Long.BYTES).putLong(seq).putLong(micros).flip());
        for (String text : texts) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            sha256.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
            sha256.update(bytes);
        }
        return sha256.digest();
    }
}
