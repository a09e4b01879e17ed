package org.sekisho.agent.journal;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Seals the bodies of one terminal's events.
 *
 * <p>Layout: {@code 0x01 ‖ salt (16) ‖ attempt (4) ‖ ciphertext and tag}. The nonce is {@code attempt ‖ seq}; the associated
 * data bind terminal and seq, so that no row can stand in for another.
 *
 * <p>Why no nonce is ever used twice under one key: the key is the child of a salt that is drawn anew each time a journal is
 * opened. So a store that was put back from an older copy, or a cloned disk, goes on under another key. Within one opening seq
 * only grows, and where a failed commit makes a seq come again, {@code attempt} has been raised.
 *
 * <p>Not thread safe.
 */
final class RowSeal {
    /** What sealing adds to a body: the layout above and a GCM tag of 16 bytes. */
    static final int OVERHEAD = 1 + 16 + 4 + 16;

    private static final byte VERSION = 1;
    private static final int SALT_BYTES = 16;
    private static final int HEADER_BYTES = 1 + SALT_BYTES + Integer.BYTES;

    /** Runs whose rows are read side by side; more only costs two HMACs a change. */
    private static final int KEPT_KEYS = 8;

    private final JournalKey key;
    private final byte[] terminal;
    private final byte[] salt = new byte[SALT_BYTES];
    private final JournalKey.BodySeal own;
    private final Map<ByteString, JournalKey.BodySeal> others = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteString, JournalKey.BodySeal> eldest) {
            return size() > KEPT_KEYS;
        }
    };

    RowSeal(JournalKey key, String terminal) {
        this.key = key;
        this.terminal = terminal.getBytes(StandardCharsets.UTF_8);
        new SecureRandom().nextBytes(salt);
        own = key.seal(salt);
    }

    byte[] seal(long seq, int attempt, ByteString body) {
        try {
            byte[] cipher = own.seal(nonce(seq, attempt), associated(seq), body.toByteArray());
            return ByteBuffer.allocate(HEADER_BYTES + cipher.length)
                    .put(VERSION)
                    .put(salt)
                    .putInt(attempt)
                    .put(cipher)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new JournalException("cannot seal event " + seq + "; the Java runtime's AES-GCM failed", e);
        }
    }

    /**
     * The clear body.
     *
     * @throws GeneralSecurityException if these aren't the bytes that were sealed for this terminal and seq
     */
    ByteString open(long seq, byte[] sealed) throws GeneralSecurityException {
        if (sealed.length < HEADER_BYTES || sealed[0] != VERSION) {
            throw new GeneralSecurityException("not a sealed body of version 1");
        }
        ByteBuffer header = ByteBuffer.wrap(sealed, 1, HEADER_BYTES - 1);
        byte[] rowSalt = new byte[SALT_BYTES];
        header.get(rowSalt);
        int attempt = header.getInt();
        byte[] cipher = Arrays.copyOfRange(sealed, HEADER_BYTES, sealed.length);
        JournalKey.BodySeal opener =
                others.computeIfAbsent(UnsafeByteOperations.unsafeWrap(rowSalt), unused -> key.seal(rowSalt));
        return UnsafeByteOperations.unsafeWrap(opener.open(nonce(seq, attempt), associated(seq), cipher));
    }

    private static byte[] nonce(long seq, int attempt) {
        return ByteBuffer.allocate(JournalKey.NONCE_BYTES)
                .putInt(attempt)
                .putLong(seq)
                .array();
    }

    private byte[] associated(long seq) {
        return ByteBuffer.allocate(terminal.length + 1 + Long.BYTES)
                .put(terminal)
                .put((byte) 0)
                .putLong(seq)
                .array();
    }
}
