package org.sekisho.agent.os.linux;

import com.sun.jna.Native;
import com.sun.jna.ptr.PointerByReference;

/**
 * logind's sessions and seats, by its own library; see sd-login(3). Every call answers a negative errno if it fails. A text is
 * the caller's to free.
 */
public final class SdLogin {
    static {
        Native.register(SdLogin.class, "libsystemd.so.0");
    }

    private SdLogin() {}

    /** The session that is in front at a seat; {@code uid} gets whose it is. See sd_seat_get_active(3). */
    public static native int sd_seat_get_active(String seat, PointerByReference session, int[] uid);

    /** The X display of a session, such as {@code :0}; fails where it has none. See sd_session_is_active(3). */
    public static native int sd_session_get_display(String session, PointerByReference display);
}
