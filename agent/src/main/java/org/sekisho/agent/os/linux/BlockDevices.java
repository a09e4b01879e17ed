package org.sekisho.agent.os.linux;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;

/** The C library's calls for block devices; see open(2), ioctl(2) and {@code linux/fs.h}. */
public final class BlockDevices {
    public static final int O_RDONLY = 0;
    public static final int O_NONBLOCK = 0x800;
    public static final int O_CLOEXEC = 0x80000;
    /** Sets a block device read-only (1) or writable (0). */
    public static final long BLKROSET = 0x125d;
    /** Tells whether it is. */
    public static final long BLKROGET = 0x125e;

    static {
        Native.register(BlockDevices.class, "c");
    }

    private BlockDevices() {}

    public static native int open(String path, int flags) throws LastErrorException;

    public static native int ioctl(int descriptor, long request, int[] argument) throws LastErrorException;
}
