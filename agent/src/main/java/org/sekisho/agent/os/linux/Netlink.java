package org.sekisho.agent.os.linux;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;

/** The C library's calls for netlink sockets; see netlink(7) and recv(2). Sockets are made and closed by {@link LocalSockets}. */
public final class Netlink {
    public static final int AF_NETLINK = 16;
    public static final int SOCK_RAW = 3;
    public static final int NETLINK_KOBJECT_UEVENT = 15;
    public static final int SO_RCVBUFFORCE = 33;
    public static final int MSG_DONTWAIT = 0x40;
    public static final int MSG_TRUNC = 0x20;
    public static final int ENOBUFS = 105;
    public static final int EPERM = 1;

    static {
        Native.register(Netlink.class, "c");
    }

    private Netlink() {}

    /** {@code address} gets a {@code struct sockaddr_nl}: family and padding, port, groups. */
    public static native long recvfrom(
            int descriptor, byte[] buffer, long count, int flags, int[] address, int[] addressLength)
            throws LastErrorException;

    public static native int setsockopt(int descriptor, int level, int option, int[] value, int length)
            throws LastErrorException;
}
