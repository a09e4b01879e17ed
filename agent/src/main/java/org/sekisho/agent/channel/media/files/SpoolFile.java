package org.sekisho.agent.channel.media.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A file that can be read and written anywhere and whose content is enciphered, so that nothing of it lies on the terminal's
 * disk in clear, also after a power failure. AES-128 in counter mode by position, with a key that is only in memory and only
 * this file's. Writing a place twice with other content uses the key stream twice: who could image the disk between the two
 * would learn their difference, and could as well read this process's memory. Thread-safe.
 */
final class SpoolFile implements AutoCloseable {
    private static final int KEY_BYTES = 16;
    private static final int BLOCK = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final FileChannel channel;
    private final SecretKeySpec key;

    /** A new one at a place of its own. */
    SpoolFile(Path path) throws IOException {
        channel = FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        byte[] secret = new byte[KEY_BYTES];
        RANDOM.nextBytes(secret);
        key = new SecretKeySpec(secret, "AES");
    }

    /** Writes all of {@code from}. */
    void write(long position, ByteBuffer from) throws IOException {
        byte[] clear = new byte[from.remaining()];
        from.get(clear);
        ByteBuffer sealed = ByteBuffer.wrap(crypt(position, clear, clear.length));
        long at = position;
        while (sealed.hasRemaining()) {
            at += channel.write(sealed, at);
        }
    }

    /** Fills {@code to} with what has been written there. */
    void read(long position, ByteBuffer to) throws IOException {
        byte[] sealed = new byte[to.remaining()];
        ByteBuffer into = ByteBuffer.wrap(sealed);
        while (into.hasRemaining()) {
            if (channel.read(into, position + into.position()) < 0) {
                throw new IOException("the spool of a held file is shorter than what was written to it");
            }
        }
        to.put(crypt(position, sealed, sealed.length));
    }

    /** Enciphers or deciphers, which is the same in counter mode. */
    private byte[] crypt(long position, byte[] bytes, int length) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            byte[] counter = ByteBuffer.allocate(BLOCK)
                    .putLong(Long.BYTES, position / BLOCK)
                    .array();
            cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(counter));
            int within = (int) (position % BLOCK);
            cipher.update(new byte[within]);
            return cipher.doFinal(bytes, 0, length);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has AES in counter mode", e);
        }
    }

    /** Removes it. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
