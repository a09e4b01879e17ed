package org.sekisho.agent.desktop;

import com.sun.jna.Pointer;
import com.sun.jna.platform.win32.Advapi32Util;
import com.sun.jna.platform.win32.Advapi32Util.Account;
import com.sun.jna.platform.win32.Kernel32;
import com.sun.jna.platform.win32.Win32Exception;
import com.sun.jna.platform.win32.WinNT.HANDLEByReference;
import com.sun.jna.platform.win32.Wtsapi32;
import com.sun.jna.platform.win32.Wtsapi32.WTS_INFO_CLASS;
import com.sun.jna.platform.win32.Wtsapi32.WTS_SESSION_INFO;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.sekisho.agent.channel.DesktopSession;
import org.sekisho.agent.os.windows.SessionApi;
import org.sekisho.agent.os.windows.Win32Failure;

/** Who is logged on, from Remote Desktop Services, which know the console's session too. Never called under Wine. */
final class WindowsSessionList {
    private static final Wtsapi32 WTS = Wtsapi32.INSTANCE;
    /** {@code WTSActive} and {@code WTSDisconnected}: in either, programs run and have a clipboard. */
    private static final int ACTIVE = 0;

    private static final int DISCONNECTED = 4;

    private WindowsSessionList() {}

    static List<DesktopSession> current() throws Win32Failure {
        PointerByReference found = new PointerByReference();
        IntByReference count = new IntByReference();
        if (!WTS.WTSEnumerateSessions(Wtsapi32.WTS_CURRENT_SERVER_HANDLE, 0, 1, found, count)) {
            throw Win32Failure.last("WTSEnumerateSessions");
        }
        try {
            List<DesktopSession> sessions = new ArrayList<>();
            if (count.getValue() > 0) {
                WTS_SESSION_INFO first = new WTS_SESSION_INFO(found.getValue());
                for (Object one : first.toArray(count.getValue())) {
                    WTS_SESSION_INFO session = (WTS_SESSION_INFO) one;
                    String user = text(session.SessionId, WTS_INFO_CLASS.WTSUserName);
                    if ((session.State == ACTIVE || session.State == DISCONNECTED) && !user.isEmpty()) {
                        String domain = text(session.SessionId, WTS_INFO_CLASS.WTSDomainName);
                        sessions.add(new DesktopSession(
                                String.valueOf(session.SessionId),
                                domain.isEmpty() ? user : domain + '\\' + user,
                                groups(session.SessionId)));
                    }
                }
            }
            return sessions;
        } finally {
            WTS.WTSFreeMemory(found.getValue());
        }
    }

    private static String text(int session, int what) throws Win32Failure {
        PointerByReference text = new PointerByReference();
        if (!WTS.WTSQuerySessionInformation(
                Wtsapi32.WTS_CURRENT_SERVER_HANDLE, session, what, text, new IntByReference())) {
            throw Win32Failure.last("WTSQuerySessionInformation of session " + session);
        }
        Pointer found = text.getValue();
        try {
            return found.getWideString(0);
        } finally {
            WTS.WTSFreeMemory(found);
        }
    }

    private static List<String> groups(int session) throws Win32Failure {
        HANDLEByReference token = new HANDLEByReference();
        if (!SessionApi.Sessions.INSTANCE.WTSQueryUserToken(session, token)) {
            throw Win32Failure.last("WTSQueryUserToken of session " + session);
        }
        try {
            return Stream.of(Advapi32Util.getTokenGroups(token.getValue()))
                    .map(WindowsSessionList::name)
                    .toList();
        } catch (Win32Exception failed) {
            throw new Win32Failure("reading the groups of session " + session, failed.getErrorCode());
        } finally {
            Kernel32.INSTANCE.CloseHandle(token.getValue());
        }
    }

    private static String name(Account group) {
        return group.fqn == null ? group.sidString : group.fqn;
    }
}
