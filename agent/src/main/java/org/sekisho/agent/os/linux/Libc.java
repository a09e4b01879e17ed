package org.sekisho.agent.os.linux;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.Pointer;

/** The few calls of the C library that the JDK has no way to make; see their man pages in section 2. */
public final class Libc {
    static {
        Native.register(Libc.class, "c");
    }

    private Libc() {}

    public static native void free(Pointer memory);

    /** {@code descriptors} is an array of {@code struct pollfd}. Fails with {@code EINTR} on a signal. */
    public static native int poll(Pointer descriptors, long count, int timeoutMillis) throws LastErrorException;

    /** The {@code struct passwd} of an account, static and not thread-safe; null if there is none, or it can't be told. */
    public static native Pointer getpwnam(String account);

    public static native int eventfd(int initial, int flags) throws LastErrorException;

    public static native long read(int descriptor, byte[] buffer, long count) throws LastErrorException;

    public static native long write(int descriptor, byte[] buffer, long count) throws LastErrorException;

    public static native int close(int descriptor) throws LastErrorException;

    public static native int prctl(int option, long argument2, long argument3, long argument4, long argument5)
            throws LastErrorException;

    /** {@code limit} is a {@code struct rlimit}: soft and hard, two 64-bit numbers. */
    public static native int setrlimit(int resource, long[] limit) throws LastErrorException;

    /** Of a thread: with {@code which} 0 and {@code who} 0 of the calling one. */
    public static native int setpriority(int which, int who, int priority) throws LastErrorException;
}
