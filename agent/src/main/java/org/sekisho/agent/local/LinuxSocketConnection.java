package org.sekisho.agent.local;

import com.sun.jna.LastErrorException;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;
import org.sekisho.agent.os.linux.LocalSockets;

/** One connection over a Unix domain socket, either end. What the kernel says of the peer was true when it connected. */
final class LinuxSocketConnection implements LocalConnection {
    /** A frame's usual size; larger ones take several calls. */
    private static final int CHUNK_BYTES = 8 * 1024;

    /** A peer that does not read for so long is stuck, and must not hold the service up. */
    private static final long SEND_SECONDS = 5;

    private static final Object ACCOUNTS = new Object();

    private final Descriptor descriptor;
    private final Peer peer;
    private final Runnable closed;
    private final InputStream in = new In();
    private final OutputStream out = new Out();
    private boolean left;

    /** Takes the descriptor over, also when it throws. */
    LinuxSocketConnection(int number, String address, Runnable closed) throws IOException {
        this.descriptor = new Descriptor(number, address);
        this.closed = closed;
        try {
            this.peer = peerOf(descriptor);
            descriptor.call(
                    "set a time limit on",
                    fd -> LocalSockets.setsockopt(
                            fd,
                            LocalSockets.SOL_SOCKET,
                            LocalSockets.SO_SNDTIMEO,
                            new long[] {SEND_SECONDS, 0},
                            2 * Long.BYTES));
        } catch (IOException e) {
            descriptor.close();
            throw e;
        }
    }

    /**
     * Connects to a service, and sees that it runs as root or as this process's own account.
     *
     * @throws IOException if nobody listens there, or somebody else does; names the address and the OS's error
     */
    static LocalConnection connect(String path) throws IOException {
        byte[] address = UnixAddress.of(path);
        int number = open(LocalSockets.SOCK_STREAM);
        try {
            LocalSockets.connect(number, address, address.length);
        } catch (LastErrorException e) {
            LocalSockets.close(number);
            throw new IOException("connect to %s: %s".formatted(path, e.getMessage()), e);
        }
        LinuxSocketConnection connection = new LinuxSocketConnection(number, path, () -> {});
        Peer server = connection.peer();
        if (!server.privileged() && !server.user().equals(account(LocalSockets.geteuid()))) {
            connection.close();
            throw new IOException("%s is served by process %d of %s, which is not the service; nothing was sent"
                    .formatted(path, server.pid(), server.user()));
        }
        return connection;
    }

    static int open(int type) throws IOException {
        try {
            return LocalSockets.socket(LocalSockets.AF_UNIX, type | LocalSockets.SOCK_CLOEXEC, 0);
        } catch (LastErrorException e) {
            throw new IOException("socket(AF_UNIX): " + e.getMessage(), e);
        }
    }

    @Override
    public Peer peer() {
        return peer;
    }

    @Override
    public InputStream in() {
        return in;
    }

    @Override
    public OutputStream out() {
        return out;
    }

    @Override
    public void close() {
        synchronized (this) {
            if (left) {
                return;
            }
            left = true;
        }
        descriptor.close();
        closed.run();
    }

    private static Peer peerOf(Descriptor descriptor) throws IOException {
        int[] credentials = new int[3];
        descriptor.call(
                "SO_PEERCRED of",
                fd -> LocalSockets.getsockopt(
                        fd, LocalSockets.SOL_SOCKET, LocalSockets.SO_PEERCRED, credentials, new int[] {
                            credentials.length * Integer.BYTES
                        }));
        return new Peer(Integer.toUnsignedLong(credentials[0]), account(credentials[1]), credentials[1] == 0);
    }

    /** The account's name, or its number if it has none. */
    private static String account(int uid) {
        synchronized (ACCOUNTS) {
            // getpwuid(3) answers in memory that the next call overwrites.
            Pointer entry = LocalSockets.getpwuid(uid);
            return Pointer.nativeValue(entry) == 0
                    ? Integer.toUnsignedString(uid)
                    : entry.getPointer(0).getString(0);
        }
    }

    private final class In extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, into.length);
            if (length == 0) {
                return 0;
            }
            byte[] chunk = new byte[Math.min(length, CHUNK_BYTES)];
            int got = (int) descriptor.call("read from", fd -> LocalSockets.recv(fd, chunk, chunk.length, 0));
            if (got == 0) {
                return -1;
            }
            System.arraycopy(chunk, 0, into, offset, got);
            return got;
        }
    }

    private final class Out extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, from.length);
            int at = offset;
            while (at < offset + length) {
                byte[] chunk = Arrays.copyOfRange(from, at, Math.min(offset + length, at + CHUNK_BYTES));
                at += (int) descriptor.call(
                        "write to", fd -> LocalSockets.send(fd, chunk, chunk.length, LocalSockets.MSG_NOSIGNAL));
            }
        }
    }
}
