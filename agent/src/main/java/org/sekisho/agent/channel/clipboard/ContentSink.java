package org.sekisho.agent.channel.clipboard;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.sekisho.v1.ClipboardFormat;

/** Takes in one format of a content, piece by piece. For one thread; {@link #finish} or {@link #close} ends it. */
public final class ContentSink implements AutoCloseable {
    private final ContentVault.Room room;
    private final String target;
    private final ClipboardFormat format;
    private byte[] memory = new byte[0];
    private int inMemory;
    private @Nullable SealedFile file;

    ContentSink(ContentVault.Room room, String target, ClipboardFormat format) {
        this.room = room;
        this.target = requireNonNull(target, "target is null");
        this.format = requireNonNull(format, "format is null");
    }

    /**
     * Keeps {@code bytes}.
     *
     * @return false if that is more than the room holds; nothing is kept of them then
     * @throws IOException if the disk is full or fails
     */
    public boolean write(byte[] bytes) throws IOException {
        if (!room.take(bytes.length)) {
            return false;
        }
        SealedFile sealed = file;
        if (sealed == null && room.takeMemory(bytes.length)) {
            append(bytes);
            return true;
        }
        if (sealed == null) {
            sealed = moveToFile();
        }
        sealed.append(bytes, bytes.length);
        return true;
    }

    private void append(byte[] bytes) {
        if (inMemory + bytes.length > memory.length) {
            byte[] old = memory;
            memory = Arrays.copyOf(old, Math.max(inMemory + bytes.length, old.length * 2));
            Arrays.fill(old, (byte) 0);
        }
        System.arraycopy(bytes, 0, memory, inMemory, bytes.length);
        inMemory += bytes.length;
    }

    private SealedFile moveToFile() throws IOException {
        SealedFile sealed = room.newFile();
        file = sealed;
        sealed.append(memory, inMemory);
        Arrays.fill(memory, (byte) 0);
        room.giveBackMemory(inMemory);
        memory = new byte[0];
        inMemory = 0;
        return sealed;
    }

    /** What was taken in. The sink is used up. */
    public HeldContent finish() throws IOException {
        SealedFile sealed = file;
        if (sealed != null) {
            sealed.seal();
            file = null;
            return new InFile(target, format, sealed);
        }
        byte[] whole = Arrays.copyOf(memory, inMemory);
        close();
        return new InMemory(target, format, whole);
    }

    /** Wipes what was taken in and not finished. */
    @Override
    public void close() {
        Arrays.fill(memory, (byte) 0);
        memory = new byte[0];
        inMemory = 0;
        if (file != null) {
            file.close();
            file = null;
        }
    }

    private record InFile(String target, ClipboardFormat format, SealedFile file) implements HeldContent {
        @Override
        public long size() {
            return file.size();
        }

        @Override
        public InputStream open() {
            return file.open();
        }

        @Override
        public void close() {
            file.close();
        }
    }

    private static final class InMemory implements HeldContent {
        private final String target;
        private final ClipboardFormat format;
        private final byte[] bytes;
        private boolean closed;

        InMemory(String target, ClipboardFormat format, byte[] bytes) {
            this.target = target;
            this.format = format;
            this.bytes = bytes;
        }

        @Override
        public String target() {
            return target;
        }

        @Override
        public ClipboardFormat format() {
            return format;
        }

        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public synchronized InputStream open() throws IOException {
            if (closed) {
                throw new IOException("the held content was wiped");
            }
            return new ByteArrayInputStream(bytes.clone());
        }

        @Override
        public synchronized void close() {
            closed = true;
            Arrays.fill(bytes, (byte) 0);
        }
    }
}
