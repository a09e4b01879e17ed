package org.sekisho.agent.os.linux;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.Pointer;

/** The C library's calls for Unix domain sockets; see their man pages in section 2, and unix(7). */
public final class LocalSockets {
    public static final int AF_UNIX = 1;
    public static final int SOCK_STREAM = 1;
    public static final int SOCK_DGRAM = 2;
    public static final int SOCK_CLOEXEC = 0x80000;
    public static final int SOL_SOCKET = 1;
    public static final int SO_PEERCRED = 17;
    public static final int SO_SNDTIMEO = 21;
    public static final int SHUT_RDWR = 2;
    public static final int MSG_NOSIGNAL = 0x4000;
    public static final int EINTR = 4;
    public static final int EAGAIN = 11;

    static {
        Native.register(LocalSockets.class, "c");
    }

    private LocalSockets() {}

    public static native int socket(int domain, int type, int protocol) throws LastErrorException;

    /** {@code address} is a {@code struct sockaddr_un}. */
    public static native int bind(int descriptor, byte[] address, int length) throws LastErrorException;

    public static native int listen(int descriptor, int backlog) throws LastErrorException;

    public static native int accept4(int descriptor, Pointer address, Pointer length, int flags)
            throws LastErrorException;

    public static native int connect(int descriptor, byte[] address, int length) throws LastErrorException;

    /** For {@code SO_PEERCRED}, {@code value} is a {@code struct ucred}: pid, uid, gid. */
    public static native int getsockopt(int descriptor, int level, int option, int[] value, int[] length)
            throws LastErrorException;

    /** For {@code SO_SNDTIMEO}, {@code value} is a {@code struct timeval}: seconds, microseconds. */
    public static native int setsockopt(int descriptor, int level, int option, long[] value, int length)
            throws LastErrorException;

    public static native long recv(int descriptor, byte[] buffer, long count, int flags) throws LastErrorException;

    public static native long send(int descriptor, byte[] buffer, long count, int flags) throws LastErrorException;

    public static native int shutdown(int descriptor, int how) throws LastErrorException;

    public static native int close(int descriptor) throws LastErrorException;

    public static native int geteuid();

    /** A {@code struct passwd} in memory of the library's own, whose first field is the name; null if there is none. */
    public static native Pointer getpwuid(int uid);
}
