package org.sekisho.agent.channel.media.files.fuse;

import java.nio.ByteBuffer;

/**
 * How much room there is ({@code struct fuse_kstatfs}).
 *
 * @param total bytes
 * @param free bytes
 */
public record Space(long total, long free) {
    private static final int BLOCK = 4_096;
    /** What vfat and ext4 have. */
    private static final int LONGEST_NAME = 255;

    private static final int SPARE = 6;

    void encode(ByteBuffer to) {
        to.putLong(total / BLOCK)
                .putLong(free / BLOCK)
                .putLong(free / BLOCK)
                .putLong(0)
                .putLong(0);
        to.putInt(BLOCK).putInt(LONGEST_NAME).putInt(BLOCK).putInt(0);
        for (int i = 0; i < SPARE; i++) {
            to.putInt(0);
        }
    }
}
