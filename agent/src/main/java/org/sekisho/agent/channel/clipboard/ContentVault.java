package org.sekisho.agent.channel.clipboard;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import org.sekisho.v1.ClipboardFormat;

/**
 * Where a helper keeps what it read from a clipboard: little of it in memory, the rest sealed in nameless files.
 *
 * <p>The files lie in {@code directory}, which should be the helper's own (0700). They are deleted as soon as they are open
 * where the OS can do that, and on close elsewhere. Thread-safe.
 */
public final class ContentVault {
    /** 1 MiB: nearly every copy fits, and a helper that holds three selections stays small. */
    static final long MEMORY_BYTES = 1024 * 1024;

    private final Path directory;

    public ContentVault(Path directory) {
        this.directory = requireNonNull(directory, "directory is null");
    }

    /** Room for one content in all its formats, at most {@code limitBytes} together. */
    public Room room(long limitBytes) {
        return new Room(limitBytes);
    }

    /** Room for one content in all its formats. For one thread. */
    public final class Room {
        private long left;
        private long memoryLeft = MEMORY_BYTES;

        private Room(long limitBytes) {
            this.left = limitBytes;
        }

        /** Begins to keep one format. */
        public ContentSink sink(String target, ClipboardFormat format) {
            return new ContentSink(this, target, format);
        }

        boolean take(long bytes) {
            if (bytes > left) {
                return false;
            }
            left -= bytes;
            return true;
        }

        boolean takeMemory(long bytes) {
            if (bytes > memoryLeft) {
                return false;
            }
            memoryLeft -= bytes;
            return true;
        }

        void giveBackMemory(long bytes) {
            memoryLeft += bytes;
        }

        SealedFile newFile() throws IOException {
            return SealedFile.create(directory);
        }
    }
}
