package org.sekisho.packaging.rig;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Connects to a display with a given cookie ({@code xcb_connect_to_display_with_auth_info}, xcb.h), so that one process can
 * be on several displays; {@code XAUTHORITY} names one file for all.
 */
final class XcbCookie {
    private static final byte[] SCHEME = "MIT-MAGIC-COOKIE-1".getBytes(StandardCharsets.US_ASCII);

    static {
        Native.register(XcbCookie.class, "libxcb.so.1");
    }

    private XcbCookie() {}

    private static native Pointer xcb_connect_to_display_with_auth_info(
            @Nullable String display, Pointer authorization, IntByReference screen);

    /** A connection, which may be in an error state. */
    static Pointer connect(String display, byte[] cookie) {
        // struct xcb_auth_info_t { int namelen; char *name; int datalen; char *data; }
        long pointer = Native.POINTER_SIZE;
        try (Memory name = new Memory(SCHEME.length);
                Memory secret = new Memory(cookie.length);
                Memory authorization = new Memory(4 * pointer)) {
            name.write(0, SCHEME, 0, SCHEME.length);
            secret.write(0, cookie, 0, cookie.length);
            authorization.clear();
            authorization.setInt(0, SCHEME.length);
            authorization.setPointer(pointer, name);
            authorization.setInt(2 * pointer, cookie.length);
            authorization.setPointer(3 * pointer, secret);
            return xcb_connect_to_display_with_auth_info(display, authorization, new IntByReference());
        }
    }
}
