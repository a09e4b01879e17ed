package org.sekisho.agent.channel.clipboard.windows;

import com.sun.jna.platform.win32.Kernel32;
import com.sun.jna.platform.win32.Kernel32Util;
import com.sun.jna.platform.win32.User32;
import com.sun.jna.platform.win32.Win32Exception;
import com.sun.jna.platform.win32.WinDef.HWND;
import com.sun.jna.platform.win32.WinNT;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import com.sun.jna.platform.win32.WinUser;
import com.sun.jna.ptr.IntByReference;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sekisho.agent.os.windows.ProcessToken;
import org.sekisho.agent.os.windows.Win32Failure;
import org.sekisho.v1.Process;

/** Finds out which program a window belongs to. For one thread. What Windows does not tell stays unset. */
final class WindowsPrograms {
    /** {@code GA_ROOTOWNER}: up to the window that the user sees. */
    private static final int ROOT_OWNER = WinUser.GA_ROOTOWNER;
    /** Titles are for people; longer ones are cut. */
    private static final int MAX_TITLE = 256;
    /** A lookup may go to a domain controller; a terminal has few accounts. */
    private static final int MAX_ACCOUNTS = 64;

    private final Map<String, String> accounts = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MAX_ACCOUNTS;
        }
    };

    /** The program that {@code window} belongs to; the default instance if there is no window. */
    Process of(@Nullable HWND window) {
        if (window == null) {
            return Process.getDefaultInstance();
        }
        IntByReference pid = new IntByReference();
        User32.INSTANCE.GetWindowThreadProcessId(window, pid);
        if (pid.getValue() == 0) {
            return Process.getDefaultInstance();
        }
        Process.Builder program = Process.newBuilder().setPid(pid.getValue()).setWindowTitle(title(window));
        HANDLE process = Kernel32.INSTANCE.OpenProcess(WinNT.PROCESS_QUERY_LIMITED_INFORMATION, false, pid.getValue());
        if (process == null) {
            return program.build();
        }
        try {
            program.setPath(path(process)).setUser(user(process));
        } finally {
            Kernel32.INSTANCE.CloseHandle(process);
        }
        return program.build();
    }

    private static String path(HANDLE process) {
        try {
            return Kernel32Util.QueryFullProcessImageName(process, 0);
        } catch (Win32Exception ended) {
            return "";
        }
    }

    private String user(HANDLE process) {
        try (ProcessToken token = ProcessToken.of(process, "a program at the clipboard")) {
            String sid = token.userSid();
            String known = accounts.get(sid);
            if (known == null) {
                known = token.user();
                accounts.put(sid, known);
            }
            return known;
        } catch (Win32Failure | Win32Exception ended) {
            return "";
        }
    }

    private static String title(HWND window) {
        HWND seen = User32.INSTANCE.GetAncestor(window, ROOT_OWNER);
        char[] title = new char[MAX_TITLE];
        int length = User32.INSTANCE.GetWindowText(seen == null ? window : seen, title, title.length);
        return new String(title, 0, Math.max(0, length));
    }
}
