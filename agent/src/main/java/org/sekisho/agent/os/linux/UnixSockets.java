package org.sekisho.agent.os.linux;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.jna.LastErrorException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.Set;

/** The kernel's list of Unix domain sockets, by its socket diagnostics (sock_diag(7)). */
public final class UnixSockets {
    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW = 3;
    private static final int NETLINK_SOCK_DIAG = 4;
    private static final short SOCK_DIAG_BY_FAMILY = 20;
    /** {@code NLM_F_REQUEST | NLM_F_DUMP} (netlink(7)). */
    private static final short DUMP = 0x301;

    private static final short NLMSG_ERROR = 2;
    private static final short NLMSG_DONE = 3;
    private static final int HEADER_BYTES = 16;
    private static final int REQUEST_BYTES = 24;
    /** {@code struct unix_diag_msg}, before its attributes. */
    private static final int MESSAGE_BYTES = 16;
    /** {@code UDIAG_SHOW_NAME | UDIAG_SHOW_PEER}. */
    private static final int NAME_AND_PEER = 1 | 4;

    private static final int ATTRIBUTE_NAME = 0;
    private static final int ATTRIBUTE_PEER = 2;
    /** The kernel fills at most 32 KiB at a time. */
    private static final int BUFFER_BYTES = 64 * 1024;
    /** A terminal has some thousand; more is no answer that could be used. */
    private static final int MOST = 65_536;

    private UnixSockets() {}

    /**
     * The inodes of the sockets whose other end listens, or was accepted, under a name.
     *
     * @param name a path; an abstract name of the same letters counts as well
     * @throws IOException if the kernel does not tell; has the error's number
     */
    public static Set<Long> connectedTo(String name) throws IOException {
        int descriptor = -1;
        try {
            descriptor = LocalSockets.socket(AF_NETLINK, SOCK_RAW | LocalSockets.SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
            byte[] request = request();
            LocalSockets.send(descriptor, request, request.length, 0);
            return answers(descriptor, name);
        } catch (LastErrorException e) {
            throw new IOException("sock_diag of Unix domain sockets failed: errno " + e.getErrorCode(), e);
        } finally {
            if (descriptor >= 0) {
                LocalSockets.close(descriptor);
            }
        }
    }

    private static byte[] request() {
        ByteBuffer request = ByteBuffer.allocate(HEADER_BYTES + REQUEST_BYTES).order(ByteOrder.nativeOrder());
        request.putInt(HEADER_BYTES + REQUEST_BYTES)
                .putShort(SOCK_DIAG_BY_FAMILY)
                .putShort(DUMP)
                .putInt(1)
                .putInt(0);
        int everyState = -1;
        request.put((byte) LocalSockets.AF_UNIX).put((byte) 0).putShort((short) 0);
        request.putInt(everyState).putInt(0).putInt(NAME_AND_PEER).putLong(0);
        return request.array();
    }

    private static Set<Long> answers(int descriptor, String name) throws IOException {
        Set<Long> peers = new HashSet<>();
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int read = 0; read < MOST; read++) {
            long length = LocalSockets.recv(descriptor, buffer, buffer.length, 0);
            ByteBuffer answer = ByteBuffer.wrap(buffer, 0, (int) length).order(ByteOrder.nativeOrder());
            while (answer.remaining() >= HEADER_BYTES) {
                int begin = answer.position();
                int size = answer.getInt(begin);
                short type = answer.getShort(begin + 4);
                if (type == NLMSG_DONE) {
                    return peers;
                }
                if (type == NLMSG_ERROR || size < HEADER_BYTES || size > answer.remaining()) {
                    throw new IOException("sock_diag of Unix domain sockets was refused by the kernel");
                }
                peer(
                        answer.slice(begin + HEADER_BYTES, size - HEADER_BYTES).order(ByteOrder.nativeOrder()),
                        name,
                        peers);
                answer.position(Math.min(answer.limit(), begin + aligned(size)));
            }
        }
        throw new IOException("the kernel's list of Unix domain sockets does not end");
    }

    private static void peer(ByteBuffer message, String name, Set<Long> peers) {
        String found = "";
        long peer = 0;
        int at = MESSAGE_BYTES;
        while (at + 4 <= message.limit()) {
            int size = Short.toUnsignedInt(message.getShort(at));
            int type = Short.toUnsignedInt(message.getShort(at + 2));
            if (size < 4 || at + size > message.limit()) {
                return;
            }
            if (type == ATTRIBUTE_NAME) {
                byte[] text = new byte[size - 4];
                message.get(at + 4, text);
                found = new String(text, UTF_8).replace("\0", "");
            } else if (type == ATTRIBUTE_PEER && size >= 8) {
                peer = Integer.toUnsignedLong(message.getInt(at + 4));
            }
            at += aligned(size);
        }
        if (peer != 0 && found.equals(name)) {
            peers.add(peer);
        }
    }

    /** Netlink pads to four bytes. */
    private static int aligned(int size) {
        return size + 3 & ~3;
    }
}
