package org.sekisho.agent.local;

import static java.util.Objects.requireNonNull;

import com.sun.jna.LastErrorException;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicInteger;
import org.sekisho.agent.os.linux.LocalSockets;

/**
 * The service's Unix domain socket. Every account of the terminal may connect (anybody may ask how the agent stands); who it
 * is, the kernel says. One thread accepts at a time.
 */
public final class LinuxSocketListener implements LocalListener {
    /** As {@link LocalListener} promises. */
    static final int MAX_CONNECTIONS = 64;

    private static final int BACKLOG = 16;

    private final Path path;
    private final Descriptor descriptor;
    private final AtomicInteger connections = new AtomicInteger();

    /**
     * Listens. The folder is made if need be; a socket that a service left behind when it was killed is replaced.
     *
     * @throws IOException if another service listens there, or the OS refuses; names the path and the OS's error
     */
    public LinuxSocketListener(Path path) throws IOException {
        this.path = path;
        byte[] address = UnixAddress.of(path.toString());
        Path folder = requireNonNull(path.toAbsolutePath().getParent(), "a socket is in a folder");
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
            // Set, not only asked for: a narrow umask would keep the helpers' account out.
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        clear(path);
        int number = LinuxSocketConnection.open(LocalSockets.SOCK_STREAM);
        this.descriptor = new Descriptor(number, path.toString());
        try {
            descriptor.call("bind", fd -> LocalSockets.bind(fd, address, address.length));
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-rw-"));
            descriptor.call("listen on", fd -> LocalSockets.listen(fd, BACKLOG));
        } catch (IOException e) {
            descriptor.close();
            throw e;
        }
    }

    @Override
    public LocalConnection accept() throws IOException {
        while (true) {
            int number = (int) descriptor.call(
                    "accept on", fd -> LocalSockets.accept4(fd, Pointer.NULL, Pointer.NULL, LocalSockets.SOCK_CLOEXEC));
            if (descriptor.isClosed()) {
                LocalSockets.close(number);
                throw new ClosedChannelException();
            }
            if (connections.get() >= MAX_CONNECTIONS) {
                LocalSockets.close(number);
                continue;
            }
            connections.incrementAndGet();
            try {
                return new LinuxSocketConnection(number, path.toString(), connections::decrementAndGet);
            } catch (IOException goneAgain) {
                // A peer that left before it was identified; the next one is waited for.
                connections.decrementAndGet();
            }
        }
    }

    @Override
    public String address() {
        return path.toString();
    }

    @Override
    public void close() {
        if (descriptor.isClosed()) {
            return;
        }
        descriptor.close();
        try {
            Files.deleteIfExists(path);
        } catch (IOException left) {
            // The next service replaces it.
            assert left.getMessage() != null;
        }
    }

    private static void clear(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        byte[] address = UnixAddress.of(path.toString());
        int probe = LinuxSocketConnection.open(LocalSockets.SOCK_STREAM);
        try {
            LocalSockets.connect(probe, address, address.length);
            throw new IOException("%s: another service of this agent listens here; stop it first".formatted(path));
        } catch (LastErrorException nobodyListens) {
            Files.delete(path);
        } finally {
            LocalSockets.close(probe);
        }
    }
}
