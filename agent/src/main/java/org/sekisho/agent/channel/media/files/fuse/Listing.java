package org.sekisho.agent.channel.media.files.fuse;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;

/** Entries of a directory, as many as there is room for ({@code struct fuse_dirent}). */
public final class Listing {
    private static final int HEADER = 24;
    private static final int ALIGNMENT = 8;
    /** {@code DT_DIR}. */
    private static final int DIRECTORY = 4;
    /** {@code DT_REG}. */
    private static final int REGULAR = 8;

    private final ByteBuffer out;
    private final int end;

    Listing(ByteBuffer out, int most) {
        this.out = requireNonNull(out, "out is null");
        this.end = Math.min(out.limit(), out.position() + most);
    }

    /**
     * Adds an entry.
     *
     * @param next where the listing goes on behind it
     * @return false if there was no room for it
     */
    public boolean add(long inode, byte[] name, boolean directory, long next) {
        int length = HEADER + name.length + ALIGNMENT - 1 & -ALIGNMENT;
        if (out.position() + length > end) {
            return false;
        }
        int start = out.position();
        out.putLong(inode).putLong(next).putInt(name.length).putInt(directory ? DIRECTORY : REGULAR);
        out.put(name);
        while (out.position() < start + length) {
            out.put((byte) 0);
        }
        return true;
    }
}
