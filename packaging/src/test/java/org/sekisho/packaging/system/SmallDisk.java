package org.sekisho.packaging.system;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.sekisho.packaging.rig.Command;

/** A file system in memory that can be filled to its last byte. */
record SmallDisk(Path at) implements AutoCloseable {
    private static final int BLOCK = 4096;

    /** Mounts one of so many MiB on an existing folder. */
    static SmallDisk mount(Path at, int mebibytes) throws IOException {
        run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m,mode=700", "tmpfs", at.toString());
        return new SmallDisk(at);
    }

    /** Takes what is free. */
    void fill() throws IOException {
        byte[] block = new byte[BLOCK];
        try (OutputStream out = Files.newOutputStream(at.resolve("filler"))) {
            while (at.toFile().getUsableSpace() > 0) {
                out.write(block);
            }
        }
    }

    /** Gives back what {@link #fill} took. */
    void free() throws IOException {
        Files.delete(at.resolve("filler"));
    }

    private static void run(String... command) throws IOException {
        Command done;
        try {
            done = Command.run(Duration.ofSeconds(10), Map.of(), new byte[0], command);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted during " + String.join(" ", command), e);
        }
        if (done.exit() != 0) {
            throw new IOException(String.join(" ", command) + " failed: " + done.err());
        }
    }

    @Override
    public void close() throws IOException {
        run("umount", "-l", at.toString());
    }
}
