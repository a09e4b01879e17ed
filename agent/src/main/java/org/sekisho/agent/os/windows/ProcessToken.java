package org.sekisho.agent.os.windows;

import com.sun.jna.platform.win32.Advapi32;
import com.sun.jna.platform.win32.Advapi32Util;
import com.sun.jna.platform.win32.Kernel32;
import com.sun.jna.platform.win32.WinNT;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import com.sun.jna.platform.win32.WinNT.HANDLEByReference;
import com.sun.jna.platform.win32.WinNT.SID_AND_ATTRIBUTES;
import com.sun.jna.platform.win32.WinNT.TOKEN_GROUPS;
import com.sun.jna.platform.win32.WinNT.TOKEN_INFORMATION_CLASS;
import com.sun.jna.ptr.IntByReference;

/** Whom a process runs for. Not thread-safe. */
public final class ProcessToken implements AutoCloseable {
    /** {@code SECURITY_LOCAL_SYSTEM_RID}: the account LocalSystem. */
    public static final String SYSTEM_SID = "S-1-5-18";
    /** {@code DOMAIN_ALIAS_RID_ADMINS}: the local group Administrators. */
    public static final String ADMINISTRATORS_SID = "S-1-5-32-544";

    /** {@code SE_GROUP_ENABLED}: without it a group in a token gives nothing, as with a filtered administrator under UAC. */
    private static final int ENABLED = 4;

    private final HANDLE token;

    private ProcessToken(HANDLE token) {
        this.token = token;
    }

    /** The token of this process. */
    public static ProcessToken current() throws Win32Failure {
        return of(Kernel32.INSTANCE.GetCurrentProcess(), "this process");
    }

    /** The token of a process that was opened for {@code PROCESS_QUERY_LIMITED_INFORMATION} or more. */
    public static ProcessToken of(HANDLE process, String what) throws Win32Failure {
        HANDLEByReference token = new HANDLEByReference();
        if (!Advapi32.INSTANCE.OpenProcessToken(process, WinNT.TOKEN_QUERY, token)) {
            throw Win32Failure.last("OpenProcessToken of " + what);
        }
        return new ProcessToken(token.getValue());
    }

    /** The account's SID, as {@code S-1-…}. */
    public String userSid() {
        return Advapi32Util.getTokenAccount(token).sidString;
    }

    /** The account, as {@code DOMAIN\name}; the SID if it has no name. */
    public String user() {
        Advapi32Util.Account account = Advapi32Util.getTokenAccount(token);
        return account.fqn == null ? account.sidString : account.fqn;
    }

    /** Whether it acts as LocalSystem or as an administrator whose rights are not filtered away. */
    public boolean privileged() throws Win32Failure {
        if (userSid().equals(SYSTEM_SID)) {
            return true;
        }
        IntByReference size = new IntByReference();
        Advapi32.INSTANCE.GetTokenInformation(token, TOKEN_INFORMATION_CLASS.TokenGroups, null, 0, size);
        TOKEN_GROUPS groups = new TOKEN_GROUPS(size.getValue());
        if (!Advapi32.INSTANCE.GetTokenInformation(
                token, TOKEN_INFORMATION_CLASS.TokenGroups, groups, size.getValue(), size)) {
            throw Win32Failure.last("GetTokenInformation(TokenGroups)");
        }
        for (SID_AND_ATTRIBUTES group : groups.getGroups()) {
            if ((group.Attributes & ENABLED) != 0 && group.Sid.getSidString().equals(ADMINISTRATORS_SID)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        Kernel32.INSTANCE.CloseHandle(token);
    }
}
