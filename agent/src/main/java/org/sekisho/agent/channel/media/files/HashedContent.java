package org.sekisho.agent.channel.media.files;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.sekisho.agent.content.extract.ContentSource;

/** A content that is hashed as far as somebody reads through it, so that it need not be read once more for that. One thread. */
final class HashedContent implements ContentSource {
    private static final int PIECE = 256 * 1024;

    private final ContentSource content;
    private final MessageDigest digest;
    private long hashed;

    HashedContent(ContentSource content) {
        this.content = requireNonNull(content, "content is null");
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    @Override
    public long size() {
        return content.size();
    }

    @Override
    public int read(long position, byte[] into, int offset, int length) throws IOException {
        int read = content.read(position, into, offset, length);
        if (position <= hashed && hashed < position + read) {
            int known = Math.toIntExact(hashed - position);
            digest.update(into, offset + known, read - known);
            hashed = position + read;
        }
        return read;
    }

    /** Of all of it, in hexadecimal; reads what nobody has read yet. Once. */
    String sha256() throws IOException {
        byte[] piece = new byte[PIECE];
        while (read(hashed, piece, 0, piece.length) > 0) {
            // Reading is what hashes.
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
