package org.sekisho.agent.channel.media.files;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.sekisho.agent.os.linux.DeviceCalls;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets nobody but this process open anything on the medium's own file system, whatever mount or mount namespace it is reached
 * by (fanotify(7), permission events): the kernel asks for each open, and this process's own are allowed. That it does is
 * tried before anything is served.
 *
 * <p>The device's node is taken from every account and group but root. A mark on it keeps root off as well, on kernels that
 * ask about devices (6.1 is said to, 6.18 was seen not to); nothing keeps a root off that makes another node by mknod(2).
 */
final class RawGuard {
    private static final Logger LOG = LoggerFactory.getLogger(RawGuard.class);
    /** {@code FAN_CLASS_CONTENT | FAN_CLOEXEC | FAN_UNLIMITED_QUEUE}: no open is let through because many come at once. */
    private static final int CLASS = 0x04 | 0x01 | 0x10;
    /** {@code O_RDONLY | O_LARGEFILE | O_CLOEXEC} for the descriptors that come with events. */
    private static final int EVENT_FLAGS = 0x8000 | 0x80000;

    private static final int MARK_ADD = 0x01;
    private static final int MARK_FILESYSTEM = 0x100;
    private static final long OPEN_PERM = 0x10000;
    private static final long ON_DIRECTORIES = 0x40000000L;
    private static final int AT_FDCWD = -100;
    private static final int ALLOW = 1;
    private static final int DENY = 2;
    /** {@code struct fanotify_event_metadata}. */
    private static final int EVENT = 24;

    private static final int BUFFER = 8 * 1024;
    private static final int EINTR = 4;

    private final int group;
    private final int self = (int) ProcessHandle.current().pid();

    private RawGuard(int group) {
        this.group = group;
    }

    /**
     * Guards from now on, until this process ends.
     *
     * @throws IOException if the kernel can't; has the error's number
     */
    static void start(Path raw, List<String> nodes) throws IOException {
        String what = "fanotify_init";
        try {
            int group = DeviceCalls.fanotify_init(CLASS, EVENT_FLAGS);
            RawGuard guard = new RawGuard(group);
            Thread.ofPlatform().daemon().name("raw guard").start(guard::answer);
            what = "a mark on the file system of " + raw;
            DeviceCalls.fanotify_mark(
                    group, MARK_ADD | MARK_FILESYSTEM, OPEN_PERM | ON_DIRECTORIES, AT_FDCWD, raw.toString());
            for (String node : nodes) {
                what = "a mark on " + node;
                DeviceCalls.fanotify_mark(group, MARK_ADD, OPEN_PERM, AT_FDCWD, node);
                forRootAlone(Path.of(node));
            }
            tryAnother(raw);
        } catch (LastErrorException e) {
            throw new IOException("others can't be kept off the medium: " + what + ": errno " + e.getErrorCode(), e);
        }
    }

    private static void forRootAlone(Path node) throws IOException {
        Files.setAttribute(node, "unix:gid", 0);
        Files.setPosixFilePermissions(node, PosixFilePermissions.fromString("rw-------"));
    }

    /** Another process of this same account and mount namespace has to be refused. */
    private static void tryAnother(Path raw) throws IOException {
        Process other = new ProcessBuilder("ls", "--", raw.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (other.waitFor() == 0) {
                throw new IOException(
                        "others can't be kept off the medium: the kernel asks nobody about opens on " + raw);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the guard of the medium is tried", e);
        }
    }

    private void answer() {
        try (Memory buffer = new Memory(BUFFER);
                Memory response = new Memory(8)) {
            while (true) {
                try {
                    long length = DeviceCalls.read(group, buffer, BUFFER);
                    for (long at = 0; at + EVENT <= length; at += buffer.getInt(at)) {
                        int descriptor = buffer.getInt(at + 16);
                        boolean own = buffer.getInt(at + 20) == self;
                        response.setInt(0, descriptor);
                        response.setInt(4, own ? ALLOW : DENY);
                        DeviceCalls.write(group, response, 8);
                        DeviceCalls.close(descriptor);
                    }
                } catch (LastErrorException e) {
                    if (e.getErrorCode() != EINTR) {
                        // Unanswered, every open waits: nothing gets through, and the service sees this process end.
                        LOG.error("The guard of the medium failed: errno {}", e.getErrorCode());
                        Runtime.getRuntime().halt(1);
                    }
                }
            }
        }
    }
}
