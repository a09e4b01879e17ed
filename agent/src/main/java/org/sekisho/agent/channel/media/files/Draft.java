package org.sekisho.agent.channel.media.files;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.sekisho.agent.channel.media.files.fuse.Errno;
import org.sekisho.agent.channel.media.files.fuse.FuseException;

/**
 * A file as it would be, while the medium still has it as it was: what has been written lies in the spool, the rest is the
 * medium's. Readers may share it; who writes has it alone.
 */
final class Draft implements AutoCloseable {
    /** A file that is written in more pieces than that is none that a program saves. */
    private static final int MOST_EXTENTS = 65_536;

    private static final int PIECE = 1 << 20;

    private final FileChannel base;
    private final SpoolRoom room;
    private final SpoolFile spool;
    private final Extents written = new Extents();
    private long taken;
    /** Of the medium's file only that much is still part of this one. */
    private long baseLimit;

    private long size;

    /** @param base the medium's file; read only until {@link #commit} */
    Draft(FileChannel base, SpoolRoom room) throws IOException {
        this.base = requireNonNull(base, "base is null");
        this.room = requireNonNull(room, "room is null");
        this.spool = new SpoolFile(room.file());
        this.baseLimit = base.size();
        this.size = baseLimit;
    }

    long size() {
        return size;
    }

    /**
     * Writes all of {@code from}.
     *
     * @throws FuseException with {@code EFBIG} if there is no room to hold it
     */
    void write(long position, ByteBuffer from) throws IOException, FuseException {
        long end = position + from.remaining();
        long more = from.remaining() - written.written(position, end);
        if (written.count() >= MOST_EXTENTS || !room.take(more)) {
            throw new FuseException(Errno.EFBIG);
        }
        taken += more;
        spool.write(position, from);
        written.add(position, end);
        size = Math.max(size, end);
    }

    void resize(long newSize) {
        long kept = written.written(0, newSize);
        room.giveBack(taken - kept);
        taken = kept;
        written.cut(newSize);
        baseLimit = Math.min(baseLimit, newSize);
        size = newSize;
    }

    /** Reads into {@code to} until it is full or the file ends. */
    void read(long position, ByteBuffer to) throws IOException {
        long at = position;
        while (to.hasRemaining() && at < size) {
            int limit = to.limit();
            long inSpool = written.endAt(at);
            long end = inSpool > at ? inSpool : Math.min(size, written.nextFrom(at));
            boolean fromBase = inSpool == at && at < baseLimit;
            if (fromBase) {
                end = Math.min(end, baseLimit);
            }
            to.limit((int) Math.min(limit, to.position() + Math.min(end - at, Integer.MAX_VALUE / 2)));
            int before = to.position();
            if (inSpool > at) {
                spool.read(at, to);
            } else if (fromBase) {
                readBase(at, to);
            } else {
                to.put(new byte[to.remaining()]);
            }
            at += to.position() - before;
            to.limit(limit);
        }
    }

    private void readBase(long position, ByteBuffer to) throws IOException {
        int before = to.position();
        while (to.hasRemaining()) {
            if (base.read(to, position + to.position() - before) < 0) {
                throw new IOException("the file on the medium is shorter than it was");
            }
        }
    }

    /** Makes the medium's file what this one is. */
    void commit() throws IOException {
        if (base.size() > baseLimit) {
            base.truncate(baseLimit);
        }
        ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
        for (var range : written.ranges().entrySet()) {
            for (long at = range.getKey(); at < range.getValue(); ) {
                piece.clear().limit((int) Math.min(PIECE, range.getValue() - at));
                spool.read(at, piece);
                piece.flip();
                while (piece.hasRemaining()) {
                    at += base.write(piece, at);
                }
            }
        }
        if (base.size() < size) {
            base.write(ByteBuffer.allocate(1), size - 1);
        }
    }

    @Override
    public void close() throws IOException {
        room.giveBack(taken);
        taken = 0;
        spool.close();
    }
}
