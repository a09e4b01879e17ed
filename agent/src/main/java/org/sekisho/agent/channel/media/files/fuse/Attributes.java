package org.sekisho.agent.channel.media.files.fuse;

import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * What stat(2) says of a file ({@code struct fuse_attr}).
 *
 * @param mode kind and permissions
 * @param blocks of 512 bytes
 */
public record Attributes(long inode, int mode, long size, long blocks, Instant modified, int uid, int gid) {
    /** Encoded size in bytes. */
    static final int BYTES = 88;

    private static final int BLOCK = 4_096;
    private static final int DIRECTORY = 0x4000;
    private static final int REGULAR = 0x8000;

    /** A directory that only its owner may enter. */
    public static Attributes directory(long inode, Instant modified, int uid, int gid) {
        return new Attributes(inode, DIRECTORY | 0x1c0, BLOCK, BLOCK / 512, modified, uid, gid);
    }

    /** A file that only its owner may read and write. */
    public static Attributes file(long inode, long size, Instant modified, int uid, int gid) {
        return new Attributes(inode, REGULAR | 0x180, size, (size + 511) / 512, modified, uid, gid);
    }

    void encode(ByteBuffer to) {
        long seconds = modified.getEpochSecond();
        int nanos = modified.getNano();
        boolean directory = (mode & 0xf000) == DIRECTORY;
        to.putLong(inode).putLong(size).putLong(blocks);
        to.putLong(seconds).putLong(seconds).putLong(seconds);
        to.putInt(nanos).putInt(nanos).putInt(nanos);
        to.putInt(mode).putInt(directory ? 2 : 1).putInt(uid).putInt(gid);
        to.putInt(0).putInt(BLOCK).putInt(0);
    }
}
