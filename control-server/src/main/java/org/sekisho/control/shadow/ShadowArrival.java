package org.sekisho.control.shadow;

import com.google.protobuf.ByteString;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sekisho.shadow.ShadowFormat;
import org.sekisho.v1.ShadowCopyStart;
import org.sekisho.v1.ShadowHeader;

/**
 * One copy on its way, written down block by block in bounded memory, and held against what was announced. Nobody sees any of it
 * before {@link #keep}. One thread at a time.
 */
public final class ShadowArrival {
    /** Of all blocks but the last; holds the longest header, which is read from the first one. */
    static final int BLOCK = 256 << 10;

    private final ArrivalStore store;
    private final UUID content;
    private final String terminal;
    private final ShadowCopyStart start;
    private final MessageDigest digest = digest();
    private byte[] block = new byte[0];
    private int filled;
    private int blocks;
    private long received;
    private @Nullable ShadowHeader header;

    ShadowArrival(ArrivalStore store, UUID content, String terminal, ShadowCopyStart start) {
        this.store = store;
        this.content = content;
        this.terminal = terminal;
        this.start = start;
    }

    /**
     * Takes the next bytes.
     *
     * @throws ShadowRefusedException if these can't be bytes of this copy
     */
    public void take(ByteString bytes) throws ShadowRefusedException {
        if (!start.getFailure().isEmpty()) {
            throw ShadowRefusedException.never("of a copy that there is not, no bytes follow");
        }
        received += bytes.size();
        if (received > start.getBytes()) {
            throw ShadowRefusedException.never(
                    "the copy is longer than the %d bytes that were announced".formatted(start.getBytes()));
        }
        if (block.length == 0) {
            block = new byte[Math.toIntExact(Math.min(BLOCK, start.getBytes()))];
        }
        for (int from = 0; from < bytes.size(); ) {
            int count = Math.min(block.length - filled, bytes.size() - from);
            bytes.substring(from, from + count).copyTo(block, filled);
            filled += count;
            from += count;
            if (filled == block.length) {
                write();
            }
        }
    }

    /**
     * Nothing more comes: keeps the copy, or that there is none.
     *
     * @throws ShadowRefusedException if it is not what was announced
     */
    public void keep() throws ShadowRefusedException {
        if (!start.getFailure().isEmpty()) {
            store.failed(terminal, content, start);
            return;
        }
        if (received < start.getBytes()) {
            throw ShadowRefusedException.never(
                    "only %d of the %d bytes that were announced came".formatted(received, start.getBytes()));
        }
        if (filled > 0) {
            write();
        }
        ShadowHeader read = header;
        if (read == null
                || !MessageDigest.isEqual(digest.digest(), start.getSha256().toByteArray())) {
            throw ShadowRefusedException.never("the bytes that came do not have the SHA-256 that was announced");
        }
        store.kept(terminal, content, start, read);
    }

    /** It is not going to be whole: forgets what came. Does nothing once it is kept. */
    public void discard() {
        store.discard(terminal, content);
    }

    private void write() throws ShadowRefusedException {
        if (header == null) {
            header = readHeader();
        }
        digest.update(block, 0, filled);
        store.block(terminal, content, blocks++, Arrays.copyOf(block, filled));
        filled = 0;
    }

    private ShadowHeader readHeader() throws ShadowRefusedException {
        ShadowHeader read;
        try {
            read = ShadowFormat.header(new ByteArrayInputStream(block, 0, filled));
        } catch (IOException e) {
            throw ShadowRefusedException.never(String.valueOf(e.getMessage()));
        }
        if (!read.getId().equals(start.getId())) {
            throw ShadowRefusedException.never("the copy's header has another id than was announced");
        }
        return read;
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
