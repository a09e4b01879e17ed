package org.sekisho.shadow;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.regex.Pattern;
import org.sekisho.v1.SealedKey;
import org.sekisho.v1.ShadowHeader;

/** The layout of shadow copies, and the bounds of its parts. */
public final class ShadowFormat {
    /** Fewer than two custodians could not watch each other. */
    public static final int FEWEST_CUSTODIANS = 2;

    /** Each pair has a key in every copy. */
    public static final int MOST_CUSTODIANS = 8;

    /** The largest file of which a copy may be kept, in bytes. */
    public static final long MOST_BYTES = 256L << 20;

    /** Where a policy doesn't say how large a file may be, in bytes. */
    public static final long DEFAULT_MOST_BYTES = 64L << 20;

    /** The largest sealed copy, with its header and the tags of its chunks, in bytes. */
    public static final long MOST_SEALED_BYTES = 260L << 20;

    static final int VERSION = 1;
    static final int CHUNK = 64 << 10;
    static final int TAG = 16;
    static final int NONCE = 12;
    static final int MOST_FRAMED = 64 << 10;
    static final byte[] INFO = "sekisho shadow copy 1".getBytes(UTF_8);

    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

    private ShadowFormat() {}

    /** Whether a text can be the id of a shadow copy. */
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /**
     * Reads a copy's header and leaves the stream behind it.
     *
     * @throws ShadowException if it is none, or of another version
     * @throws IOException if reading fails
     */
    public static ShadowHeader header(InputStream sealed) throws IOException {
        return header(frame(sealed));
    }

    static ShadowHeader header(byte[] frame) throws ShadowException {
        ShadowHeader header;
        try {
            header = ShadowHeader.parseFrom(frame);
        } catch (InvalidProtocolBufferException e) {
            throw new ShadowException("this is no shadow copy: its header can't be read", e);
        }
        if (header.getVersion() != VERSION) {
            throw new ShadowException("this shadow copy has version %d; this program reads version %d"
                    .formatted(header.getVersion(), VERSION));
        }
        if (!isId(header.getId()) || header.getKeysCount() > MOST_CUSTODIANS * (MOST_CUSTODIANS - 1)) {
            throw new ShadowException("this is no shadow copy: its header makes no sense");
        }
        return header;
    }

    static byte[] frame(InputStream in) throws IOException {
        try {
            DataInputStream data = new DataInputStream(in);
            int length = data.readInt();
            if (length < 0 || length > MOST_FRAMED) {
                throw new ShadowException("this is no shadow copy: a part of it would have %d bytes".formatted(length));
            }
            byte[] bytes = new byte[length];
            data.readFully(bytes);
            return bytes;
        } catch (EOFException e) {
            throw new ShadowException("the shadow copy ends too early", e);
        }
    }

    /** What both seals of a pair's key are bound to. */
    static byte[] bound(String id, String reader, String approver) {
        return SealedKey.newBuilder()
                .setReader(id + "\n" + reader)
                .setApprover(approver)
                .build()
                .toByteArray();
    }

    static byte[] nonce(int number, boolean last) {
        return ByteBuffer.allocate(NONCE)
                .putInt(NONCE - Integer.BYTES - 1, number)
                .put(NONCE - 1, (byte) (last ? 1 : 0))
                .array();
    }
}
