package org.sekisho.control.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The links of the audit log: {@code hash = SHA-256(prev ‖ seq ‖ micros ‖ each text with its length)}. Numbers are 8 bytes
 * big endian, lengths 4, texts UTF-8; the lengths keep one field from being read as another.
 */
final class AuditChain {
    /** Before the first entry. */
    static final byte[] GENESIS = new byte[32];

    private AuditChain() {}

    static byte[] link(byte[] prev, AuditEntry entry) {
        MessageDigest sha256 = sha256();
        sha256.update(prev);
        sha256.update(ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(entry.seq())
                .putLong(micros(entry.at()))
                .flip());
        for (String text : new String[] {entry.operator(), entry.action(), entry.target(), entry.detail()}) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            sha256.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
            sha256.update(bytes);
        }
        return sha256.digest();
    }

    /** PostgreSQL's {@code infinity}, which this server never writes, has no microseconds and so no place in a chain. */
    private static long micros(Instant at) {
        try {
            return ChronoUnit.MICROS.between(Instant.EPOCH, at);
        } catch (ArithmeticException e) {
            return Long.MIN_VALUE;
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
