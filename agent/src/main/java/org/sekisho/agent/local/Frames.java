package org.sekisho.agent.local;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.sekisho.agent.local.FrameException.Fault;

/**
 * The frames of the local protocol ({@code desktop.proto}): the message's length as 4 bytes, big endian, unsigned, then the
 * message. Never allocates more than {@link #MAX_BYTES} on a peer's word.
 */
public final class Frames {

    /** Largest message, in bytes: a paste with 2,000 fingerprints and long paths fits many times over. */
    public static final int MAX_BYTES = 256 * 1024;

    private static final int HEADER_BYTES = Integer.BYTES;

    private Frames() {}

    /**
     * Writes one message and flushes. Threads may share {@code out}: each frame goes out whole.
     *
     * @throws FrameException with {@link Fault#OVERSIZE} if the message is too large; nothing was written then
     * @throws IOException if the connection fails
     */
    public static void write(OutputStream out, MessageLite message) throws IOException {
        int length = message.getSerializedSize();
        if (length > MAX_BYTES) {
            throw oversize("not sending a message", length);
        }
        byte[] frame = ByteBuffer.allocate(HEADER_BYTES + length)
                .putInt(length)
                .put(message.toByteArray())
                .array();
        synchronized (out) {
            out.write(frame);
            out.flush();
        }
    }

    /**
     * Reads one message; waits until it is there whole. One thread at a time.
     *
     * @return empty if the peer has closed the connection between two frames
     * @throws FrameException if what arrives is no frame; the connection is of no use any more
     * @throws IOException if the connection fails
     */
    public static <M extends MessageLite> Optional<M> read(InputStream in, Parser<M> parser) throws IOException {
        byte[] header = in.readNBytes(HEADER_BYTES);
        if (header.length == 0) {
            return Optional.empty();
        }
        if (header.length < HEADER_BYTES) {
            throw truncated(header.length, HEADER_BYTES, "of a frame's length");
        }
        long length = Integer.toUnsignedLong(ByteBuffer.wrap(header).getInt());
        if (length > MAX_BYTES) {
            throw oversize("not reading a frame", length);
        }
        byte[] body = in.readNBytes((int) length);
        if (body.length < length) {
            throw truncated(body.length, length, "of a frame");
        }
        return Optional.of(parse(body, parser));
    }

    private static <M extends MessageLite> M parse(byte[] body, Parser<M> parser) throws FrameException {
        try {
            return parser.parseFrom(body);
        } catch (InvalidProtocolBufferException e) {
            // The parser's own exception carries the half-read message, which may hold what must not be logged.
            throw new FrameException(
                    Fault.GARBAGE, "a frame of %d bytes is not the expected message".formatted(body.length));
        }
    }

    private static FrameException oversize(String doing, long length) {
        return new FrameException(
                Fault.OVERSIZE, "%s of %d bytes: the limit is %d".formatted(doing, length, MAX_BYTES));
    }

    private static FrameException truncated(int got, long wanted, String what) {
        return new FrameException(
                Fault.TRUNCATED, "the peer closed the connection after %d of %d bytes %s".formatted(got, wanted, what));
    }
}
