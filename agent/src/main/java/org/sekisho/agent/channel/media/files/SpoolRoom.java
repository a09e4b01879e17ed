package org.sekisho.agent.channel.media.files;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** The folder where files lie until they have been decided, and how much it may hold. Thread-safe. */
final class SpoolRoom {
    private final Path folder;
    private final AtomicLong left;

    SpoolRoom(Path folder, long mostBytes) {
        this.folder = requireNonNull(folder, "folder is null");
        this.left = new AtomicLong(mostBytes);
    }

    /** An empty file of its own, which only this account may read. */
    Path file() throws IOException {
        return Files.createTempFile(folder, "held-", null);
    }

    /** Takes room; false if there is not as much. */
    boolean take(long bytes) {
        if (left.addAndGet(-bytes) < 0) {
            left.addAndGet(bytes);
            return false;
        }
        return true;
    }

    void giveBack(long bytes) {
        left.addAndGet(bytes);
    }
}
