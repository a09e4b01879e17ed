package org.sekisho.packaging.rig;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.sekisho.agent.os.linux.Libc;
import org.sekisho.agent.os.linux.Xcb;

/**
 * An ordinary program on a virtual display: one connection with one window that is never shown. What the agent's own client
 * does is not used, so that a fault in it can't hide itself. Used by one thread at a time.
 */
final class XClient implements AutoCloseable {
    /** Predefined by the X protocol. */
    static final int ATOM = 4;

    static final int SELECTION_REQUEST = 30;
    static final int SELECTION_NOTIFY = 31;

    /** An event or error on the wire (X Window System Protocol, section 1). */
    private static final int EVENT_BYTES = 32;

    private static final int POLLFD_BYTES = 8;
    private static final short POLLIN = 1;
    private static final int EINTR = 4;
    private static final short INPUT_ONLY = 2;
    /** More than any text of a benchmark, in units of four bytes. */
    private static final int PROPERTY_WORDS = 16 * 1024;

    private final Pointer connection;
    private final int window;
    private final Memory pollfd = new Memory(POLLFD_BYTES);
    /** {@code xcb_extension_t}; the library keeps what it found out in it for as long as the connection lasts. */
    private final Memory xfixes = new Memory(2L * Native.POINTER_SIZE);

    private final Memory xfixesName = new Memory(8);
    private int xfixesEvent = -1;

    XClient(VirtualDisplay display) throws IOException {
        connection = XcbCookie.connect(display.name(), display.cookie());
        checkAlive();
        window = Xcb.xcb_generate_id(connection);
        short one = 1;
        Xcb.xcb_create_window(
                connection,
                (byte) 0,
                window,
                root(Xcb.xcb_get_setup(connection)),
                (short) 0,
                (short) 0,
                one,
                one,
                (short) 0,
                INPUT_ONLY,
                0,
                0,
                new int[0]);
        // A round trip: whoever is told of the window finds it there.
        atom("CLIPBOARD");
    }

    /** The first screen's root, behind the vendor's name and the pixmap formats (xcb_setup_t, xcb_screen_t). */
    private static int root(Pointer setup) {
        int vendor = setup.getShort(24) & 0xffff;
        int formats = setup.getByte(29) & 0xff;
        return setup.getInt(40L + ((vendor + 3) & ~3) + 8L * formats);
    }

    int window() {
        return window;
    }

    Pointer handle() {
        return connection;
    }

    int atom(String name) throws IOException {
        byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
        Pointer reply = reply(Xcb.xcb_intern_atom(connection, (byte) 0, (short) bytes.length, bytes));
        try {
            return reply.getInt(8);
        } finally {
            Libc.free(reply);
        }
    }

    void flush() throws IOException {
        Xcb.xcb_flush(connection);
        checkAlive();
    }

    /** Asks to be told of every new owner of {@code selection} (XFixes 2, SelectSelectionInput). */
    void watchOwners(int selection) throws IOException {
        xfixesName.setString(0, "XFIXES", "US-ASCII");
        xfixes.clear();
        xfixes.setPointer(0, xfixesName);
        Pointer found = Xcb.xcb_get_extension_data(connection, xfixes);
        if (found == null || found.getByte(8) == 0) {
            throw new IOException("the X server has no XFIXES; use one that has");
        }
        xfixesEvent = found.getByte(10) & 0xff;
        Libc.free(reply(xfixes(0, false, 2, 0)));
        xfixes(2, true, window, selection, 1);
        atom("CLIPBOARD");
    }

    /** The message is an array of struct iovec whose first two belong to the library (xcbext.h, xcb_send_request). */
    private int xfixes(int opcode, boolean isVoid, int... words) {
        byte[] body = words(words);
        int header = Integer.BYTES;
        try (Memory message = new Memory(header + body.length);
                Memory vectors = new Memory(3L * 2 * Native.POINTER_SIZE);
                Memory request = new Memory(2L * Native.POINTER_SIZE + 8)) {
            message.clear();
            message.write(header, body, 0, body.length);
            vectors.clear();
            long third = 2L * 2 * Native.POINTER_SIZE;
            vectors.setPointer(third, message);
            vectors.setLong(third + Native.POINTER_SIZE, header + body.length);
            request.clear();
            request.setLong(0, 1);
            request.setPointer(Native.POINTER_SIZE, xfixes);
            request.setByte(2L * Native.POINTER_SIZE, (byte) opcode);
            request.setByte(2L * Native.POINTER_SIZE + 1, (byte) (isVoid ? 1 : 0));
            return Xcb.xcb_send_request(connection, isVoid ? 0 : 1, vectors.share(third), request);
        }
    }

    /** The next event; null if none came in time. */
    @Nullable
    XNotice next(Duration patience) throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            Pointer event = Xcb.xcb_poll_for_event(connection);
            if (event != null) {
                try {
                    return notice(event);
                } finally {
                    Libc.free(event);
                }
            }
            checkAlive();
            long left = end - System.nanoTime();
            if (left <= 0) {
                return null;
            }
            await((int) (left / 1_000_000) + 1);
        }
    }

    private XNotice notice(Pointer event) {
        int[] words = new int[EVENT_BYTES / Integer.BYTES];
        event.read(0, words, 0, words.length);
        int type = event.getByte(0) & 0x7f;
        return type == xfixesEvent ? new XNotice.OwnerChanged(words[2], words[3]) : new XNotice.Plain(type, words);
    }

    private void await(int millis) throws IOException {
        pollfd.setInt(0, Xcb.xcb_get_file_descriptor(connection));
        pollfd.setInt(4, POLLIN);
        try {
            Libc.poll(pollfd, 1, millis);
        } catch (LastErrorException e) {
            if (e.getErrorCode() != EINTR) {
                throw new IOException("waiting for the X server failed: errno " + e.getErrorCode(), e);
            }
        }
    }

    void write(int target, int property, int type, int format, byte[] value) {
        Xcb.xcb_change_property(
                connection, (byte) 0, target, property, type, (byte) format, value.length / (format / 8), value);
    }

    /** Takes what lies in a property of its own window, and deletes it. */
    byte[] take(int property) throws IOException {
        Pointer reply = reply(Xcb.xcb_get_property(connection, (byte) 1, window, property, 0, 0, PROPERTY_WORDS));
        try {
            int format = reply.getByte(1) & 0xff;
            return reply.getByteArray(EVENT_BYTES, reply.getInt(16) * (format / 8));
        } finally {
            Libc.free(reply);
        }
    }

    /** Sends an event of the type {@code words[0]}. */
    void send(int target, int... words) {
        byte[] event = new byte[EVENT_BYTES];
        byte[] body = words(words);
        System.arraycopy(body, 0, event, 0, body.length);
        event[0] = (byte) words[0];
        Xcb.xcb_send_event(connection, (byte) 0, target, 0, event);
    }

    /** As they lie in this machine, which is how the library announces itself to the server. */
    static byte[] words(int... words) {
        ByteBuffer buffer = ByteBuffer.allocate(Integer.BYTES * words.length).order(ByteOrder.nativeOrder());
        for (int word : words) {
            buffer.putInt(word);
        }
        return buffer.array();
    }

    private Pointer reply(int request) throws IOException {
        PointerByReference error = new PointerByReference();
        Pointer reply = Xcb.xcb_wait_for_reply(connection, request, error);
        if (error.getValue() != null) {
            Libc.free(error.getValue());
        }
        if (reply == null) {
            checkAlive();
            throw new IOException("the X server refused request " + request);
        }
        return reply;
    }

    private void checkAlive() throws IOException {
        int error = Xcb.xcb_connection_has_error(connection);
        if (error != 0) {
            throw new IOException("the connection to the X server failed: xcb error " + error);
        }
    }

    @Override
    public void close() {
        Xcb.xcb_disconnect(connection);
    }
}
