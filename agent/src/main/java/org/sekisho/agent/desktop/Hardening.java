package org.sekisho.agent.desktop;

import com.sun.jna.LastErrorException;
import com.sun.jna.Platform;
import java.io.IOException;
import org.sekisho.agent.os.linux.Libc;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps others of the same account from looking into this process, and its memory from reaching a disk. */
final class Hardening {
    private static final Logger LOG = LoggerFactory.getLogger(Hardening.class);
    private static final int PR_GET_DUMPABLE = 3;
    private static final int PR_SET_DUMPABLE = 4;
    private static final int PR_SET_NO_NEW_PRIVS = 38;
    private static final int RLIMIT_CORE = 4;

    private Hardening() {}

    /** Does what the platform has; true if it was read back as done. */
    static boolean apply() {
        if (Platform.isWindows()) {
            return protectedByWindows();
        }
        if (!Platform.isLinux()) {
            return false;
        }
        try {
            Libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
            Libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
            Libc.setrlimit(RLIMIT_CORE, new long[] {0, 0});
            return Libc.prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0;
        } catch (LastErrorException e) {
            LOG.warn("This process can't be hardened (prctl, setrlimit): errno {}", e.getErrorCode());
            return false;
        }
    }

    private static boolean protectedByWindows() {
        try {
            WindowsProcessGuard.protectThisProcess();
            return true;
        } catch (IOException e) {
            LOG.warn("This process can't be hardened: {}", e.getMessage());
            return false;
        }
    }
}
