package org.sekisho.agent.channel.clipboard.x11;

import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;
import org.sekisho.agent.channel.ChannelException;
import org.sekisho.agent.os.linux.Libc;
import org.sekisho.agent.os.linux.Xcb;

/** Properties of windows, read and written in pieces of bounded size. Used by the connection's thread. */
final class XProperties {
    /** 256 KiB: what is in memory of one transfer at a time, and far below the request limit of any server with BIG-REQUESTS. */
    static final int PIECE_BYTES = 256 * 1024;

    private final XConnection x;

    XProperties(XConnection x) {
        this.x = x;
    }

    /**
     * A piece of a property.
     *
     * @param type atom of its type; 0 if there is no such property
     * @param format bits of an item: 8, 16 or 32
     * @param value the bytes from the offset that was asked for
     * @param left bytes that follow
     */
    @SuppressWarnings("ArrayRecordComponent") // stays within this package, and is never compared
    record Piece(int type, int format, byte[] value, long left) {}

    /**
     * Reads up to {@link #PIECE_BYTES} from {@code offset}, a multiple of four.
     *
     * @return null if the window is gone
     */
    @Nullable
    Piece read(int window, int property, long offset) throws ChannelException {
        return get(window, property, offset, PIECE_BYTES);
    }

    /** Reads no more than {@code most} bytes from the start. */
    @Nullable
    Piece readStart(int window, int property, int most) throws ChannelException {
        return get(window, property, 0, most);
    }

    private @Nullable Piece get(int window, int property, long offset, int most) throws ChannelException {
        return answer(ask(window, property, offset, most));
    }

    /** Asks for no more than {@code most} bytes from the start, and doesn't wait: {@link #answer} does. */
    int askStart(int window, int property, int most) {
        return ask(window, property, 0, most);
    }

    private int ask(int window, int property, long offset, int most) {
        return Xcb.xcb_get_property(x.handle(), (byte) 0, window, property, 0, (int) (offset / 4), (most + 3) / 4);
    }

    /** The answer to {@link #askStart}, to be taken once; null if the window is gone. */
    @Nullable
    Piece answer(int request) throws ChannelException {
        Pointer reply = x.reply(request);
        if (reply == null) {
            return null;
        }
        try {
            int format = reply.getByte(1) & 0xff;
            long bytes = (reply.getInt(16) & 0xffffffffL) * (format / 8);
            return new Piece(
                    reply.getInt(8), format, reply.getByteArray(32, (int) bytes), reply.getInt(12) & 0xffffffffL);
        } finally {
            Libc.free(reply);
        }
    }

    /** Deletes a property, which tells a sender that it may go on. */
    void delete(int window, int property) {
        Xcb.xcb_delete_property(x.handle(), window, property);
    }

    /** Replaces a property by {@code value}, items of {@code format} bits. At most one request's worth. */
    void write(int window, int property, int type, int format, byte[] value) {
        Xcb.xcb_change_property(
                x.handle(), (byte) 0, window, property, type, (byte) format, value.length / (format / 8), value);
    }

    /** Replaces a property by 32-bit words. */
    void write(int window, int property, int type, int... words) {
        write(window, property, type, 32, XWords.bytes(words));
    }
}
