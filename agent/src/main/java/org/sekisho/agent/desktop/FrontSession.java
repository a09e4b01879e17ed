package org.sekisho.agent.desktop;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.util.Optional;
import org.sekisho.agent.os.linux.SdLogin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The session in front at the terminal's own seat, as logind has it.
 *
 * @param uid whose it is
 * @param display its X display, such as {@code :0}; empty if logind was not told
 */
record FrontSession(int uid, String display) {
    private static final Logger LOG = LoggerFactory.getLogger(FrontSession.class);
    /** That of the machine's own screen and keyboard. */
    private static final String SEAT = "seat0";

    /** Empty where logind does not run, or nobody is logged on there. */
    static Optional<FrontSession> now() {
        try {
            PointerByReference session = new PointerByReference();
            int[] uid = new int[1];
            int failure = SdLogin.sd_seat_get_active(SEAT, session, uid);
            if (failure < 0) {
                LOG.debug("logind has no session in front: errno {}", -failure);
                return Optional.empty();
            }
            PointerByReference display = new PointerByReference();
            boolean shown = SdLogin.sd_session_get_display(text(session), display) >= 0;
            return Optional.of(new FrontSession(uid[0], shown ? text(display) : ""));
        } catch (LinkageError e) {
            LOG.debug("this machine has no logind that could tell who is in front: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private static String text(PointerByReference found) {
        Pointer text = found.getValue();
        try {
            return text.getString(0);
        } finally {
            Native.free(Pointer.nativeValue(text));
        }
    }
}
