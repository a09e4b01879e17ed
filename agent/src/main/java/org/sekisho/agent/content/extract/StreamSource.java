package org.sekisho.agent.content.extract;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;

/**
 * A stream that is read from its beginning to its end once: besides what comes next, only its beginning and what came last
 * can be read again. Its size is what has come so far.
 */
public final class StreamSource implements ContentSource {
    /** What {@link FileInspector} looks at first. */
    private static final int KEPT = FileInspector.CHUNK;

    private final InputStream stream;
    private final byte[] head = new byte[KEPT];
    private final byte[] tail = new byte[KEPT];
    private long seen;

    public StreamSource(InputStream stream) {
        this.stream = requireNonNull(stream, "stream is null");
    }

    @Override
    public long size() {
        return seen;
    }

    @Override
    public int read(long position, byte[] into, int offset, int length) throws IOException {
        if (position == seen) {
            return next(into, offset, length);
        }
        if (position < Math.min(seen, KEPT)) {
            int most = (int) Math.min(length, Math.min(seen, KEPT) - position);
            System.arraycopy(head, (int) position, into, offset, most);
            return most;
        }
        long from = seen - KEPT;
        if (position < from || position > seen) {
            throw new IOException("a stream can't be read again at " + position);
        }
        int most = (int) Math.min(length, seen - position);
        System.arraycopy(tail, (int) (position - from), into, offset, most);
        return most;
    }

    private int next(byte[] into, int offset, int length) throws IOException {
        int read = stream.read(into, offset, Math.min(length, KEPT));
        if (read > 0) {
            if (seen < KEPT) {
                int most = (int) Math.min(read, KEPT - seen);
                System.arraycopy(into, offset, head, (int) seen, most);
            }
            System.arraycopy(tail, read, tail, 0, KEPT - read);
            System.arraycopy(into, offset, tail, KEPT - read, read);
            seen += read;
        }
        return read;
    }
}
