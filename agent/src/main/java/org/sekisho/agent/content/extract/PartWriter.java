package org.sekisho.agent.content.extract;

import static java.util.Objects.requireNonNull;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes what is in a document: parts, each of text or of bytes as they are, and at the end whether that is all. A frame is
 * its kind (1 byte), its length (4 bytes, big endian) and its content. One thread.
 */
final class PartWriter {
    /** A new part begins; no content. */
    static final int PART = 1;
    /** UTF-8. */
    static final int TEXT = 2;
    /** As they are in the document: text in an encoding that nobody has looked at. */
    static final int BYTES = 3;
    /** The document is over; the {@link Reading}'s name. */
    static final int END = 4;

    /** Longest content of a frame. */
    static final int MOST = 64 * 1024;

    private final DataOutputStream out;

    PartWriter(OutputStream out) {
        this.out = new DataOutputStream(requireNonNull(out, "out is null"));
    }

    void part() throws IOException {
        frame(PART, new byte[0], 0, 0);
    }

    void text(byte[] utf8, int offset, int length) throws IOException {
        pieces(TEXT, utf8, offset, length);
    }

    void bytes(byte[] bytes, int offset, int length) throws IOException {
        pieces(BYTES, bytes, offset, length);
    }

    void end(Reading reading) throws IOException {
        byte[] name = reading.name().getBytes(StandardCharsets.US_ASCII);
        frame(END, name, 0, name.length);
        out.flush();
    }

    private void pieces(int kind, byte[] bytes, int offset, int length) throws IOException {
        for (int done = 0; done < length; done += MOST) {
            frame(kind, bytes, offset + done, Math.min(MOST, length - done));
        }
    }

    private void frame(int kind, byte[] bytes, int offset, int length) throws IOException {
        out.writeByte(kind);
        out.writeInt(length);
        out.write(bytes, offset, length);
    }
}
