package org.sekisho.agent.channel.clipboard.x11;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;
import org.sekisho.agent.channel.ChannelException;
import org.sekisho.agent.os.linux.Xcb;

/**
 * An extension of the X protocol, spoken without a library of its own: a request is its 32-bit words after the header.
 * Used by the connection's thread.
 */
final class XExtension {
    private static final int CHECKED = 1;

    private final XConnection x;
    /** {@code xcb_extension_t}: the name, and an id that the library fills in. Lives as long as the connection uses it. */
    private final Memory identity;

    private final Memory name;
    private final int firstEvent;

    private XExtension(XConnection x, Memory identity, Memory name, int firstEvent) {
        this.x = x;
        this.identity = identity;
        this.name = name;
        this.firstEvent = firstEvent;
    }

    /** @throws ChannelException if the display doesn't have it */
    static XExtension of(XConnection x, String extension) throws ChannelException {
        XExtension found = find(x, extension);
        if (found == null) {
            throw new ChannelException("Display " + x.display() + " has no extension " + extension
                    + ", without which its clipboard can't be guarded; switch it on in the X server.");
        }
        return found;
    }

    /** Null if the display doesn't have it. */
    static @Nullable XExtension find(XConnection x, String extension) {
        Memory name = new Memory(extension.length() + 1L);
        name.setString(0, extension, "US-ASCII");
        Memory identity = new Memory(2L * Native.POINTER_SIZE);
        identity.clear();
        identity.setPointer(0, name);
        Pointer there = Xcb.xcb_get_extension_data(x.handle(), identity);
        if (there == null || there.getByte(8) == 0) {
            return null;
        }
        return new XExtension(x, identity, name, there.getByte(10) & 0xff);
    }

    int firstEvent() {
        return firstEvent;
    }

    String name() {
        return name.getString(0, "US-ASCII");
    }

    /** Sends a request that has no reply. */
    void send(int opcode, int... words) {
        request(opcode, true, 0, words);
    }

    /** Sends a request and waits for its reply, which the caller frees; null if it failed. */
    @Nullable
    Pointer ask(int opcode, int... words) throws ChannelException {
        return x.reply(begin(opcode, words));
    }

    /** Sends a request whose reply is taken later, once, by {@link XConnection#reply}. */
    int begin(int opcode, int... words) {
        return request(opcode, false, CHECKED, words);
    }

    private int request(int opcode, boolean isVoid, int flags, int... words) {
        int bytes = 4 + 4 * words.length;
        try (Memory message = new Memory(bytes);
                Memory vector = new Memory(3L * 2 * Native.POINTER_SIZE);
                Memory request = new Memory(2L * Native.POINTER_SIZE + 8)) {
            message.clear();
            for (int i = 0; i < words.length; i++) {
                message.setInt(4 + 4L * i, words[i]);
            }
            vector.clear();
            long third = 2L * 2 * Native.POINTER_SIZE;
            vector.setPointer(third, message);
            vector.setLong(third + Native.POINTER_SIZE, bytes);
            request.clear();
            request.setLong(0, 1);
            request.setPointer(Native.POINTER_SIZE, identity);
            request.setByte(2L * Native.POINTER_SIZE, (byte) opcode);
            request.setByte(2L * Native.POINTER_SIZE + 1, (byte) (isVoid ? 1 : 0));
            return Xcb.xcb_send_request(x.handle(), flags, vector.share(third), request);
        }
    }
}
