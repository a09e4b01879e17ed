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
    private static final int UNANSWERED = -1;
    /** As desktop.proto has it; X servers serve some hundred to some thousand. */
    private static final int MOST_CLIENTS = 4_096;

    /** A title is for people; what is longer tells them no more. */
    private static final int TITLE_BYTES = 512;

    private final XConnection x;
    private final XProperties properties;
    private final XExtension resources;
    private final int claimedPid;
    private final int activeWindow;
    private final int utf8Title;
    private final int latinTitle;

    XClients(XConnection x, XAtoms atoms, XProperties properties) throws ChannelException {
        this.x = x;
        this.properties = properties;
        this.claimedPid = atoms.of("_NET_WM_PID");
        this.activeWindow = atoms.of("_NET_ACTIVE_WINDOW");
        this.utf8Title = atoms.of("_NET_WM_NAME");
        this.latinTitle = atoms.of("WM_NAME");
        this.resources = XExtension.of(x, "X-Resource");
        Pointer version = resources.ask(QUERY_VERSION, 1 | 2 << 8);
        if (version == null) {
            throw new ChannelException("Display " + x.display() + " doesn't speak X-Resource 1.2");
        }
        Libc.free(version);
    }

    /** What has been asked about the program behind a window, in one go: the server's answers are waited for here. */
    final class Asked {
        private final int window;
        private final int ids;
        private final int claimed;
        private final int active;
        private final Title title;
        private int pid = UNANSWERED;

        private Asked(int window) {
            this.window = window;
            this.ids = askIds(window);
            this.claimed = properties.askStart(window, claimedPid, Integer.BYTES);
            this.active = properties.askStart(x.root(), activeWindow, Integer.BYTES);
            this.title = new Title(window);
        }

        /** The process at the other end; 0 if the kernel vouches for none. */
        int pid() throws ChannelException {
            if (pid == UNANSWERED) {
                pid = answeredPid(ids);
            }
            return pid;
        }

        /** What can be told: pid and title. To be called once, so that no answer is left lying. */
        Process describe() throws ChannelException {
            Process.Builder process = Process.newBuilder();
            int claim = cardinal(properties.answer(claimed));
            if (pid() > 0) {
                process.setPid(pid());
            } else {
                process.setClaimedPid(Math.max(0, claim));
            }
            int front = cardinal(properties.answer(active));
            String own = title.answer();
            return process.setWindowTitle(titleOf(front, own)).build();
        }

        /** Programs claim selections by windows that nobody sees; the person sees the one in front. */
        private String titleOf(int front, String own) throws ChannelException {
            if (pid() > 0 && front != 0 && front != window && answeredPid(askIds(front)) == pid()) {
                String seen = new Title(front).answer();
                return seen.isEmpty() ? own : seen;
            }
            return own;
        }
    }

    /** A window's title, asked for in both of its forms. */
    private final class Title {
        private final int utf8;
        private final int latin;

        Title(int window) {
            this.utf8 = properties.askStart(window, utf8Title, TITLE_BYTES);
            this.latin = properties.askStart(window, latinTitle, TITLE_BYTES);
        }

        String answer() throws ChannelException {
            String first = text(properties.answer(utf8), true);
            String second = text(properties.answer(latin), false);
            return first.isEmpty() ? second : first;
        }
    }

    /** Asks who is behind {@code window} without waiting for the answer. */
    Asked ask(int window) {
        return new Asked(window);
    }

    /** What can be told of the program behind {@code window}: pid and title. */
    Process describe(int window) throws ChannelException {
        return ask(window).describe();
    }

    private int askIds(int window) {
        return resources.begin(QUERY_CLIENT_IDS, 1, window, LOCAL_CLIENT_PID);
    }

    /** The process at the other end of a client; 0 if the kernel vouches for none. */
    private int answeredPid(int request) throws ChannelException {
        Pointer reply = x.reply(request);
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

    /** Asks for the processes of all clients without waiting for the answer, which {@link #pids} takes. */
    int askAll() {
        return askIds(ALL_CLIENTS);
    }

    /** The processes at the other ends of all clients, at most {@value #MOST_CLIENTS}. */
    Set<Integer> pids(int asked) throws ChannelException {
        Set<Integer> pids = new HashSet<>();
        Pointer reply = x.reply(asked);
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

    private static String text(XProperties.@Nullable Piece piece, boolean utf8) {
        return piece == null || piece.format() != 8 ? "" : new String(piece.value(), utf8 ? UTF_8 : ISO_8859_1);
    }

    private static int cardinal(XProperties.@Nullable Piece piece) {
        return piece == null || piece.format() != 32 || piece.value().length < Integer.BYTES
                ? 0
                : XWords.words(piece.value())[0];
    }
}
