package org.sekisho.agent.local;

import com.sun.jna.platform.win32.Kernel32;
import com.sun.jna.platform.win32.Win32Exception;
import com.sun.jna.platform.win32.WinDef.ULONGByReference;
import com.sun.jna.platform.win32.WinNT;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import java.io.IOException;
import org.sekisho.agent.local.LocalConnection.Peer;
import org.sekisho.agent.os.windows.ProcessToken;
import org.sekisho.agent.os.windows.Win32Failure;

/** Who is at the other end of a pipe, as the kernel knows it. */
final class WindowsPipePeer {
    private WindowsPipePeer() {}

    /** The client of a pipe that this process serves. */
    static Peer client(HANDLE pipe, String address) throws IOException {
        ULONGByReference pid = new ULONGByReference();
        if (!Kernel32.INSTANCE.GetNamedPipeClientProcessId(pipe, pid)) {
            throw Win32Failure.last("GetNamedPipeClientProcessId of " + address);
        }
        return of(pid.getValue().longValue(), pipe, address);
    }

    /** The server of a pipe that this process is connected to. */
    static Peer server(HANDLE pipe, String address) throws IOException {
        ULONGByReference pid = new ULONGByReference();
        if (!Kernel32.INSTANCE.GetNamedPipeServerProcessId(pipe, pid)) {
            throw Win32Failure.last("GetNamedPipeServerProcessId of " + address);
        }
        return of(pid.getValue().longValue(), pipe, address);
    }

    /**
     * The process of that number. Its end of the pipe is seen to be open after the process was opened, so the number was not
     * given to another one in between.
     */
    private static Peer of(long pid, HANDLE pipe, String address) throws IOException {
        String what = "process %d at the other end of %s".formatted(pid, address);
        HANDLE process = Kernel32.INSTANCE.OpenProcess(WinNT.PROCESS_QUERY_LIMITED_INFORMATION, false, (int) pid);
        if (process == null) {
            throw Win32Failure.last("OpenProcess of " + what);
        }
        try (ProcessToken token = ProcessToken.of(process, what)) {
            Peer peer = new Peer(pid, token.user(), token.privileged());
            if (!Kernel32.INSTANCE.PeekNamedPipe(pipe, null, 0, null, null, null)) {
                throw Win32Failure.last("PeekNamedPipe to see that it is still there: " + what);
            }
            return peer;
        } catch (Win32Exception failed) {
            throw new Win32Failure("looking up the account of " + what, failed.getErrorCode());
        } finally {
            Kernel32.INSTANCE.CloseHandle(process);
        }
    }
}
