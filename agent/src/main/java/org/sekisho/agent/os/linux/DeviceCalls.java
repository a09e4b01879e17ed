package org.sekisho.agent.os.linux;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.Pointer;

/** The C library's calls on descriptors of devices and of fanotify(7); see their man pages in section 2. */
public final class DeviceCalls {
    static {
        Native.register(DeviceCalls.class, "c");
    }

    private DeviceCalls() {}

    public static native long read(int descriptor, Pointer buffer, long count) throws LastErrorException;

    public static native long write(int descriptor, Pointer buffer, long count) throws LastErrorException;

    public static native int open(String path, int flags) throws LastErrorException;

    /** Of the whole file system that the descriptor is on. */
    public static native int syncfs(int descriptor) throws LastErrorException;

    public static native int close(int descriptor) throws LastErrorException;

    public static native int fanotify_init(int flags, int eventFlags) throws LastErrorException;

    public static native int fanotify_mark(int group, int flags, long mask, int directory, String path)
            throws LastErrorException;
}
