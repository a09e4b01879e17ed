package org.sekisho.agent.desktop;

import com.sun.jna.platform.win32.Advapi32;
import com.sun.jna.platform.win32.Kernel32;
import com.sun.jna.platform.win32.WinBase;
import com.sun.jna.platform.win32.WinBase.PROCESS_INFORMATION;
import com.sun.jna.platform.win32.WinBase.SECURITY_ATTRIBUTES;
import com.sun.jna.platform.win32.WinBase.STARTUPINFO;
import com.sun.jna.platform.win32.WinDef.DWORD;
import com.sun.jna.platform.win32.WinNT;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import com.sun.jna.platform.win32.WinNT.HANDLEByReference;
import com.sun.jna.platform.win32.WinNT.SECURITY_IMPERSONATION_LEVEL;
import com.sun.jna.platform.win32.WinNT.TOKEN_TYPE;
import com.sun.jna.ptr.IntByReference;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.sekisho.agent.desktop.DesktopSessions.DesktopProcess;
import org.sekisho.agent.os.windows.CommandLine;
import org.sekisho.agent.os.windows.SessionApi;
import org.sekisho.agent.os.windows.Win32Failure;

/**
 * A helper on a user's desktop: with the service's token, moved into the user's session; or under Wine, which has one session
 * and can't move tokens, with the service's token as it is.
 */
final class WindowsDesktopProcess implements DesktopProcess {
    private static final Kernel32 KERNEL = Kernel32.INSTANCE;
    /** {@code CREATE_NO_WINDOW | CREATE_UNICODE_ENVIRONMENT}: the helper shows windows of its own, not a console. */
    private static final int CREATION = 0x08000000 | 0x00000400;

    private static final int INHERIT = WinBase.HANDLE_FLAG_INHERIT;

    private final HANDLE process;
    private final long pid;
    private final CompletableFuture<String> ended = new CompletableFuture<>();

    private WindowsDesktopProcess(PROCESS_INFORMATION started) {
        process = started.hProcess;
        pid = started.dwProcessId.longValue();
        KERNEL.CloseHandle(started.hThread);
        Thread.ofPlatform().daemon().name("desktop helper " + pid).start(this::watch);
    }

    /** Starts one in the only session there is, not isolated from its user. */
    static WindowsDesktopProcess startHere(List<String> command, byte[] ticket) throws IOException {
        return start("the only session", null, command, ticket);
    }

    static WindowsDesktopProcess start(int session, List<String> command, byte[] ticket) throws IOException {
        HANDLE token = tokenIn(session);
        try {
            return start("session " + session, token, command, ticket);
        } finally {
            KERNEL.CloseHandle(token);
        }
    }

    private static HANDLE tokenIn(int session) throws Win32Failure {
        HANDLEByReference own = new HANDLEByReference();
        if (!Advapi32.INSTANCE.OpenProcessToken(
                KERNEL.GetCurrentProcess(), WinNT.TOKEN_DUPLICATE | WinNT.TOKEN_QUERY, own)) {
            throw Win32Failure.last("OpenProcessToken of the service");
        }
        HANDLEByReference copy = new HANDLEByReference();
        try {
            if (!Advapi32.INSTANCE.DuplicateTokenEx(
                    own.getValue(),
                    WinNT.TOKEN_ALL_ACCESS,
                    null,
                    SECURITY_IMPERSONATION_LEVEL.SecurityIdentification,
                    TOKEN_TYPE.TokenPrimary,
                    copy)) {
                throw Win32Failure.last("DuplicateTokenEx of the service's token");
            }
        } finally {
            KERNEL.CloseHandle(own.getValue());
        }
        try {
            move(copy.getValue(), session);
            return copy.getValue();
        } catch (IOException e) {
            KERNEL.CloseHandle(copy.getValue());
            throw e;
        }
    }

    private static void move(HANDLE token, int session) throws Win32Failure {
        SessionApi.Tokens tokens = SessionApi.Tokens.INSTANCE;
        String what = "SetTokenInformation(TokenSessionId) to session %d; the service must run as LocalSystem"
                .formatted(session);
        if (!tokens.SetTokenInformation(
                token, SessionApi.Tokens.SESSION_ID, new IntByReference(session), Integer.BYTES)) {
            throw Win32Failure.last(what);
        }
        IntByReference found = new IntByReference(-1);
        if (!tokens.GetTokenInformation(token, SessionApi.Tokens.SESSION_ID, found, Integer.BYTES, new IntByReference())
                || found.getValue() != session) {
            throw Win32Failure.last("reading back " + what);
        }
    }

    private static WindowsDesktopProcess start(
            String session, @Nullable HANDLE token, List<String> command, byte[] ticket) throws IOException {
        SECURITY_ATTRIBUTES inherited = new SECURITY_ATTRIBUTES();
        inherited.bInheritHandle = true;
        HANDLEByReference read = new HANDLEByReference();
        HANDLEByReference write = new HANDLEByReference();
        if (!KERNEL.CreatePipe(read, write, inherited, 0)) {
            throw Win32Failure.last("CreatePipe for the ticket of the helper in " + session);
        }
        try {
            if (!KERNEL.SetHandleInformation(write.getValue(), INHERIT, 0)) {
                throw Win32Failure.last("SetHandleInformation of the ticket's pipe");
            }
            STARTUPINFO startup = new STARTUPINFO();
            startup.lpDesktop = "winsta0\\default";
            startup.dwFlags = WinBase.STARTF_USESTDHANDLES;
            startup.hStdInput = read.getValue();
            PROCESS_INFORMATION started = new PROCESS_INFORMATION();
            if (!created(token, CommandLine.of(command), startup, started)) {
                throw Win32Failure.last("CreateProcess of the helper in " + session);
            }
            WindowsDesktopProcess helper = new WindowsDesktopProcess(started);
            helper.give(write.getValue(), ticket);
            return helper;
        } finally {
            KERNEL.CloseHandle(read.getValue());
            KERNEL.CloseHandle(write.getValue());
        }
    }

    private static boolean created(
            @Nullable HANDLE token, String command, STARTUPINFO startup, PROCESS_INFORMATION started) {
        return token == null
                ? KERNEL.CreateProcess(
                        null, command, null, null, true, new DWORD(CREATION), null, null, startup, started)
                : Advapi32.INSTANCE.CreateProcessAsUser(
                        token, null, command, null, null, true, CREATION, null, null, startup, started);
    }

    private void give(HANDLE pipe, byte[] ticket) throws Win32Failure {
        IntByReference written = new IntByReference();
        if (!KERNEL.WriteFile(pipe, ticket, ticket.length, written, null) || written.getValue() != ticket.length) {
            Win32Failure failure = Win32Failure.last("writing the ticket of helper " + pid);
            stop();
            throw failure;
        }
    }

    private void watch() {
        KERNEL.WaitForSingleObject(process, WinBase.INFINITE);
        IntByReference code = new IntByReference();
        String how = KERNEL.GetExitCodeProcess(process, code)
                ? "exit " + code.getValue()
                : Win32Failure.last("GetExitCodeProcess of helper " + pid).getMessage();
        ended.complete(String.valueOf(how));
    }

    @Override
    public long pid() {
        return pid;
    }

    @Override
    public CompletionStage<String> ended() {
        return ended.minimalCompletionStage();
    }

    @Override
    public void stop() {
        KERNEL.TerminateProcess(process, 1);
        ended.join();
    }
}
