package org.sekisho.agent.os.windows;

import com.sun.jna.Native;
import com.sun.jna.platform.win32.Kernel32Util;
import java.io.IOException;
import java.io.Serial;

/** A Win32 call failed. The message has what was tried, on what, and the error's number and text. */
public final class Win32Failure extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int code;

    public Win32Failure(String tried, int code) {
        super("%s: Windows error %d (%s)".formatted(tried, code, text(code)));
        this.code = code;
    }

    /** For the calling thread's last error. Call it before any other native call. */
    public static Win32Failure last(String tried) {
        return new Win32Failure(tried, Native.getLastError());
    }

    /** The error's number, as in {@code winerror.h}. */
    public int code() {
        return code;
    }

    private static String text(int code) {
        try {
            return Kernel32Util.formatMessage(code).strip();
        } catch (RuntimeException unknown) {
            return "no text";
        }
    }
}
