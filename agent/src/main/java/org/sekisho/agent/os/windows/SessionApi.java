package org.sekisho.agent.os.windows;

import com.sun.jna.Native;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import com.sun.jna.platform.win32.WinNT.HANDLEByReference;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.win32.StdCallLibrary;
import com.sun.jna.win32.W32APIOptions;

/** Tokens of sessions (wtsapi32, advapi32). */
public interface SessionApi {

    /** wtsapi32. */
    interface Sessions extends StdCallLibrary {
        Sessions INSTANCE = Native.load("wtsapi32", Sessions.class, W32APIOptions.UNICODE_OPTIONS);

        /** The token of who is logged on in a session. For LocalSystem only. */
        boolean WTSQueryUserToken(int session, HANDLEByReference token);
    }

    /** advapi32. */
    interface Tokens extends StdCallLibrary {
        Tokens INSTANCE = Native.load("advapi32", Tokens.class, W32APIOptions.UNICODE_OPTIONS);

        /** {@code TokenSessionId} of {@code TOKEN_INFORMATION_CLASS}. */
        int SESSION_ID = 12;

        boolean SetTokenInformation(HANDLE token, int kind, IntByReference value, int size);

        boolean GetTokenInformation(HANDLE token, int kind, IntByReference value, int size, IntByReference needed);
    }
}
