package org.sekisho.agent.channel.clipboard.x11;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.sekisho.agent.channel.ChannelException;
import org.sekisho.agent.os.linux.Libc;
import org.sekisho.agent.os.linux.Xcb;

/**
 * A connection to an X display. One thread uses it; only {@link #wake} may be called by any.
 *
 * <p>A request that fails shows up as {@link XEvent.Failed}, a display that goes away as {@link ChannelException} from
 * {@link #next}, {@link #await} or any call with a reply.
 */
final class XConnection implements AutoCloseable {
    private static final short INPUT_ONLY = 2;
    private static final int CW_EVENT_MASK = 1 << 11;
    /** What connection errors are called in {@code xcb.h}, by number from 1. */
    private static final String[] ERRORS = {
        "XCB_CONN_ERROR: socket error",
        "XCB_CONN_CLOSED_EXT_NOTSUPPORTED: extension missing",
        "XCB_CONN_CLOSED_MEM_INSUFFICIENT: out of memory",
        "XCB_CONN_CLOSED_REQ_LEN_EXCEED: request too long",
        "XCB_CONN_CLOSED_PARSE_ERR: malformed display name",
        "XCB_CONN_CLOSED_INVALID_SCREEN: no such screen",
        "XCB_CONN_CLOSED_FDPASSING_FAILED: file descriptor not passed",
    };

    private final String display;
    private final Pointer connection;
    private final int root;
    private final int maxRequestBytes;
    private final int ownIds;
    private final int clientMask;
    private final Deque<XEvent> ahead = new ArrayDeque<>();
    private final XExtension xfixes;
    private final WakeablePoll poll;

    private XConnection(String display, Pointer connection) throws ChannelException {
        this.display = display;
        this.connection = connection;
        Pointer setup = Xcb.xcb_get_setup(connection);
        this.root = firstRoot(setup);
        this.ownIds = setup.getInt(12);
        this.clientMask = ~setup.getInt(16);
        this.maxRequestBytes =
                (int) Math.min(Integer.MAX_VALUE / 4, Xcb.xcb_get_maximum_request_length(connection) & 0xffffffffL) * 4;
        this.xfixes = XExtension.of(this, "XFIXES");
        this.poll = new WakeablePoll("display " + display, Xcb.xcb_get_file_descriptor(connection));
    }

    /**
     * Connects to {@code display}, with the cookie in the file that {@code XAUTHORITY} names.
     *
     * @throws ChannelException if it can't be reached, or has no XFixes
     */
    static XConnection open(String display) throws ChannelException {
        Pointer connection;
        try {
            connection = Xcb.xcb_connect(display, new IntByReference());
        } catch (LinkageError e) {
            throw new ChannelException("libxcb.so.1 can't be loaded; install the package libxcb1", e);
        }
        try {
            checkAlive(display, connection);
            return new XConnection(display, connection);
        } catch (ChannelException | RuntimeException e) {
            Xcb.xcb_disconnect(connection);
            throw e;
        }
    }

    private static int firstRoot(Pointer setup) {
        int vendor = setup.getShort(24) & 0xffff;
        int formats = setup.getByte(29) & 0xff;
        return setup.getInt(40L + ((vendor + 3) & ~3) + 8L * formats);
    }

    String display() {
        return display;
    }

    Pointer handle() {
        return connection;
    }

    int root() {
        return root;
    }

    /** Is {@code window} one that this connection made? */
    boolean ownWindow(int window) {
        return sameClient(window, ownIds);
    }

    /** Were both windows made by the same client of the display? */
    boolean sameClient(int one, int other) {
        return (one & clientMask) == (other & clientMask);
    }

    /** The most bytes that one request may carry, header included. */
    int maxRequestBytes() {
        return maxRequestBytes;
    }

    XExtension xfixes() {
        return xfixes;
    }

    /** The next event, if there is one already. */
    @Nullable
    XEvent next() throws ChannelException {
        XEvent first = ahead.poll();
        return first != null ? first : take(Xcb.xcb_poll_for_event(connection));
    }

    /** All events that the library has read so far and nobody has taken, oldest first, left where they are. */
    Iterable<XEvent> peek() throws ChannelException {
        for (XEvent event = queued(); event != null; event = queued()) {
            ahead.add(event);
        }
        return ahead;
    }

    private @Nullable XEvent queued() throws ChannelException {
        return take(Xcb.xcb_poll_for_queued_event(connection));
    }

    private @Nullable XEvent take(@Nullable Pointer event) throws ChannelException {
        if (event == null) {
            checkAlive(display, connection);
            return null;
        }
        try {
            return XEvent.decode(event, xfixes.firstEvent());
        } finally {
            Libc.free(event);
        }
    }

    /** Sends what is queued. */
    void flush() throws ChannelException {
        if (Xcb.xcb_flush(connection) <= 0) {
            checkAlive(display, connection);
        }
    }

    /** Waits until the server has something to say, {@link #wake} is called, or {@code nanos} have passed; below 0 is for ever. */
    void await(long nanos) throws ChannelException {
        poll.await(nanos);
    }

    /** Makes {@link #await} return. Any thread, also after {@link #close}. */
    void wake() {
        poll.wake();
    }

    /** The reply to a request, which the caller frees by {@link Libc#free}; null if the request failed. */
    @Nullable
    Pointer reply(int request) throws ChannelException {
        PointerByReference error = new PointerByReference();
        Pointer reply = Xcb.xcb_wait_for_reply(connection, request, error);
        if (error.getValue() != null) {
            Libc.free(error.getValue());
        }
        if (reply == null) {
            checkAlive(display, connection);
        }
        return reply;
    }

    /** The next of several replies to one request, which the caller frees; null if it has not come yet. */
    @Nullable
    Pointer replyIfThere(int request) throws ChannelException {
        PointerByReference reply = new PointerByReference();
        PointerByReference error = new PointerByReference();
        int answered = Xcb.xcb_poll_for_reply(connection, request, reply, error);
        if (error.getValue() != null) {
            Libc.free(error.getValue());
        }
        if (reply.getValue() == null) {
            checkAlive(display, connection);
            if (answered != 0) {
                throw new ChannelException("Display " + display + " answers a request no longer");
            }
        }
        return reply.getValue();
    }

    /** An id for something new in the server. */
    int newId() {
        return Xcb.xcb_generate_id(connection);
    }

    /** A window that is never shown, whose events by {@code mask} come here. */
    int createWindow(int mask) {
        int window = Xcb.xcb_generate_id(connection);
        short one = 1;
        short zero = 0;
        Xcb.xcb_create_window(
                connection,
                (byte) 0,
                window,
                root,
                zero,
                zero,
                one,
                one,
                zero,
                INPUT_ONLY,
                0,
                CW_EVENT_MASK,
                new int[] {mask});
        return window;
    }

    void destroyWindow(int window) {
        Xcb.xcb_destroy_window(connection, window);
    }

    /** Chooses which events of a window, also another program's, come here; what others chose is untouched. */
    void selectEvents(int window, int mask) {
        Xcb.xcb_change_window_attributes(connection, window, CW_EVENT_MASK, new int[] {mask});
    }

    private static void checkAlive(String display, Pointer connection) throws ChannelException {
        int error = Xcb.xcb_connection_has_error(connection);
        if (error != 0) {
            String name = error <= ERRORS.length ? ERRORS[error - 1] : "error " + error;
            throw new ChannelException("The connection to display " + display + " failed (" + name
                    + "). Check that the display runs and that XAUTHORITY names a file with its cookie.");
        }
    }

    @Override
    public void close() {
        Xcb.xcb_disconnect(connection);
        poll.close();
    }
}
