package org.sekisho.agent.channel.clipboard;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A file whose content only this object can read: AES-256-GCM in chunks of 64 KiB, under a key that is drawn for this one
 * file and never leaves memory. The nonce is the chunk's number, which is safe because no key is used for two files and no
 * chunk is written twice.
 *
 * <p>One thread appends and seals; after that any threads read at once.
 */
final class SealedFile implements AutoCloseable {
    private static final int CHUNK_BYTES = 64 * 1024;
    private static final int TAG_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    private static final int KEY_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final FileChannel channel;
    private final byte[] key;
    private final byte[] chunk = new byte[CHUNK_BYTES];
    private int inChunk;
    private long chunks;
    private long written;
    private volatile long size;

    private SealedFile(FileChannel channel, byte[] key) {
        this.channel = channel;
        this.key = key;
    }

    static SealedFile create(Path directory) throws IOException {
        byte[] name = new byte[16];
        RANDOM.nextBytes(name);
        Path path = directory.resolve("held-" + HexFormat.of().formatHex(name));
        FileAttribute<?>[] attributes =
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        FileChannel channel = FileChannel.open(
                path,
                Set.of(
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE),
                attributes);
        if (attributes.length > 0) {
            Files.deleteIfExists(path);
        }
        byte[] key = new byte[KEY_BYTES];
        RANDOM.nextBytes(key);
        return new SealedFile(channel, key);
    }

    void append(byte[] bytes, int length) throws IOException {
        for (int done = 0; done < length; ) {
            int some = Math.min(length - done, CHUNK_BYTES - inChunk);
            System.arraycopy(bytes, done, chunk, inChunk, some);
            inChunk += some;
            done += some;
            if (inChunk == CHUNK_BYTES) {
                writeChunk();
            }
        }
        written += length;
    }

    /** Writes what is left. */
    void seal() throws IOException {
        if (inChunk > 0) {
            writeChunk();
        }
        Arrays.fill(chunk, (byte) 0);
        size = written;
    }

    private void writeChunk() throws IOException {
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, chunks, chunk, inChunk);
        ByteBuffer buffer = ByteBuffer.wrap(sealed);
        long position = chunks * (CHUNK_BYTES + TAG_BYTES);
        while (buffer.hasRemaining()) {
            position += channel.write(buffer, position);
        }
        chunks++;
        inChunk = 0;
    }

    long size() {
        return size;
    }

    /** The content from its start. */
    InputStream open() {
        return new Reader();
    }

    private byte[] readChunk(long number) throws IOException {
        long start = number * CHUNK_BYTES;
        int length = (int) Math.min(CHUNK_BYTES, size - start);
        ByteBuffer buffer = ByteBuffer.allocate(length + TAG_BYTES);
        long position = number * (CHUNK_BYTES + TAG_BYTES);
        while (buffer.hasRemaining()) {
            int some = channel.read(buffer, position + buffer.position());
            if (some < 0) {
                throw new IOException("held clipboard content is shorter than was written");
            }
        }
        return crypt(Cipher.DECRYPT_MODE, number, buffer.array(), buffer.capacity());
    }

    private byte[] crypt(int mode, long number, byte[] bytes, int length) throws IOException {
        byte[] nonce = ByteBuffer.allocate(NONCE_BYTES).putLong(4, number).array();
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BYTES * 8, nonce));
            return cipher.doFinal(bytes, 0, length);
        } catch (GeneralSecurityException e) {
            throw new IOException("held clipboard content could not be sealed or opened (AES-256-GCM)", e);
        }
    }

    /** Wipes it: the key is gone, and so is the file. */
    @Override
    public void close() {
        Arrays.fill(key, (byte) 0);
        Arrays.fill(chunk, (byte) 0);
        try {
            channel.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("closing held clipboard content failed", e);
        }
    }

    private final class Reader extends InputStream {
        private long position;
        private byte @Nullable [] current;
        private long currentNumber = -1;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (position >= size) {
                return -1;
            }
            long number = position / CHUNK_BYTES;
            byte[] clear = current;
            if (clear == null || number != currentNumber) {
                clear = readChunk(number);
                current = clear;
                currentNumber = number;
            }
            int at = (int) (position % CHUNK_BYTES);
            int some = Math.min(length, clear.length - at);
            System.arraycopy(clear, at, into, offset, some);
            position += some;
            return some;
        }
    }
}
