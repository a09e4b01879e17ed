package org.sekisho.agent.channel.clipboard.x11;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.jna.Pointer;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sekisho.agent.channel.ChannelException;
import org.sekisho.agent.os.linux.Libc;
import org.sekisho.v1.Process;

/**
 * Which program a window belongs to. The process id is what the kernel told the X server of the peer of its socket
 * (X-Resource 1.2, QueryClientIds), not what the window says of itself. Used by the connection's thread.
 */
final class XClients {
    private static final int QUERY_VERSION = 0;
    private static final int QUERY_CLIENT_IDS = 4;
    private static final int LOCAL_CLIENT_PID = 2;
    private static final int ALL_CLIENTS = 0;
    /** As desktop.proto has it; X servers serve some hundred to some thousand. */
    private static final int MOST_CLIENTS = 4_096;

    /** A title is for people; what is longer tells them no more. */
    private static final int TITLE_BYTES = 512;

    private final XConnection x;
    private final XAtoms atoms;
    private final XProperties properties;
    private final XExtension resources;

    XClients(XConnection x, XAtoms atoms, XProperties properties) throws ChannelException {
        this.x = x;
        this.atoms = atoms;
        this.properties = properties;
        this.resources = XExtension.of(x, "X-Resource");
        Pointer version = resources.ask(QUERY_VERSION, 1 | 2 << 8);
        if (version == null) {
            throw new ChannelException("Display " + x.display() + " doesn't speak X-Resource 1.2");
        }
        Libc.free(version);
    }

    /** The process at the other end of the client that made {@code window}; 0 if the kernel vouches for none. */
    int pidOf(int window) throws ChannelException {
        Pointer reply = resources.ask(QUERY_CLIENT_IDS, 1, window, LOCAL_CLIENT_PID);
        if (reply == null) {
            return 0;
        }
        try {
            if (reply.getInt(8) < 1 || reply.getInt(32 + 8) < Integer.BYTES) {
                return 0;
            }
            return Math.max(0, reply.getInt(32 + 12));
        } finally {
            Libc.free(reply);
        }
    }

    /** The processes at the other ends of all clients, at most {@value #MOST_CLIENTS}. */
    Set<Integer> pids() throws ChannelException {
        Set<Integer> pids = new HashSet<>();
        Pointer reply = resources.ask(QUERY_CLIENT_IDS, 1, ALL_CLIENTS, LOCAL_CLIENT_PID);
        if (reply == null) {
            return pids;
        }
        try {
            int count = Math.clamp(Integer.toUnsignedLong(reply.getInt(8)), 0, MOST_CLIENTS);
            long end = 32 + 4 * Integer.toUnsignedLong(reply.getInt(4));
            long at = 32;
            // Each is a client, a mask, the length of the value in bytes, and the value (resproto 1.2, CLIENTIDVALUE).
            for (int i = 0; i < count && at + 12 <= end; i++) {
                long bytes = Integer.toUnsignedLong(reply.getInt(at + 8));
                if (bytes >= Integer.BYTES && at + 12 + bytes <= end) {
                    pids.add(reply.getInt(at + 12));
                }
                at += 12 + bytes;
            }
            return pids;
        } finally {
            Libc.free(reply);
        }
    }

    /** What can be told of the program behind {@code window}: pid and title. */
    Process describe(int window) throws ChannelException {
        Process.Builder process = Process.newBuilder();
        int pid = pidOf(window);
        if (pid > 0) {
            process.setPid(pid);
        } else {
            process.setClaimedPid(Math.max(0, cardinal(window, "_NET_WM_PID")));
        }
        return process.setWindowTitle(titleOf(window, pid)).build();
    }

    private String titleOf(int window, int pid) throws ChannelException {
        int active = cardinal(x.root(), "_NET_ACTIVE_WINDOW");
        if (pid > 0 && active != 0 && active != window && pidOf(active) == pid) {
            String title = nameOf(active);
            if (!title.isEmpty()) {
                return title;
            }
        }
        return nameOf(window);
    }

    private String nameOf(int window) throws ChannelException {
        String utf8 = text(properties.readStart(window, atoms.of("_NET_WM_NAME"), TITLE_BYTES), true);
        return utf8.isEmpty() ? text(properties.readStart(window, atoms.of("WM_NAME"), TITLE_BYTES), false) : utf8;
    }

    private static String text(XProperties.@Nullable Piece piece, boolean utf8) {
        return piece == null || piece.format() != 8 ? "" : new String(piece.value(), utf8 ? UTF_8 : ISO_8859_1);
    }

    private int cardinal(int window, String property) throws ChannelException {
        XProperties.Piece piece = properties.readStart(window, atoms.of(property), Integer.BYTES);
        return piece == null || piece.format() != 32 || piece.value().length < Integer.BYTES
                ? 0
                : XWords.words(piece.value())[0];
    }
}
