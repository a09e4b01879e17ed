package org.sekisho.event;

import com.google.protobuf.ByteOutput;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * SHA-256(prev_hash ‖ body), reading the two where they lie: nothing is copied but the 32 bytes of the result.
 *
 * <p>Not thread safe: one digest is used again and again.
 */
final class ChainHash {
    private final MessageDigest digest;
    private final ByteOutput toDigest;

    ChainHash() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime lacks SHA-256, which every one must have", e);
        }
        toDigest = new DigestOutput(digest);
    }

    byte[] of(ByteString prevHash, ByteString body) {
        try {
            UnsafeByteOperations.unsafeWriteTo(prevHash, toDigest);
            UnsafeByteOperations.unsafeWriteTo(body, toDigest);
        } catch (IOException e) {
            throw new UncheckedIOException("a digest in memory failed to take bytes", e);
        }
        return digest.digest();
    }

    private static final class DigestOutput extends ByteOutput {
        private final MessageDigest digest;

        DigestOutput(MessageDigest digest) {
            this.digest = digest;
        }

        @Override
        public void write(byte value) {
            digest.update(value);
        }

        @Override
        public void write(byte[] value, int offset, int length) {
            digest.update(value, offset, length);
        }

        @Override
        public void writeLazy(byte[] value, int offset, int length) {
            digest.update(value, offset, length);
        }

        @Override
        public void write(ByteBuffer value) {
            digest.update(value);
        }

        @Override
        public void writeLazy(ByteBuffer value) {
            digest.update(value);
        }
    }
}
