package org.sekisho.agent.local;

import com.sun.jna.platform.win32.Kernel32;
import com.sun.jna.platform.win32.WinBase;
import com.sun.jna.platform.win32.WinError;
import com.sun.jna.platform.win32.WinNT;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.sekisho.agent.local.LocalConnection.Peer;
import org.sekisho.agent.os.windows.PipeApi;
import org.sekisho.agent.os.windows.ProcessToken;
import org.sekisho.agent.os.windows.Win32Failure;

/** Connects to the agent's service. */
public final class WindowsPipe {
    /** The service's pipe on a terminal. */
    public static final String ADDRESS = "\\\\.\\pipe\\sekisho-agent";

    /** All instances may be taken for a moment while the service makes the next one. */
    private static final Duration WAIT = Duration.ofSeconds(5);

    private WindowsPipe() {}

    /**
     * Connects, and sees that it is the service that listens: a process of SYSTEM or an administrator, or of this process's
     * own account. Nobody else could have made the pipe while the service was away and be believed.
     *
     * @throws IOException if nobody listens, all places are taken, this account is not let in, or an impostor listens; names
     *     the pipe and the OS's error
     */
    public static LocalConnection connect(String address) throws IOException {
        HANDLE pipe = open(address);
        try {
            Peer server = WindowsPipePeer.server(pipe, address);
            if (!server.privileged() && !server.user().equals(self())) {
                throw new IOException("%s is served by process %d of %s, which is not the service; nothing was sent"
                        .formatted(address, server.pid(), server.user()));
            }
            return new WindowsPipeConnection(pipe, address, server, () -> {});
        } catch (IOException | RuntimeException e) {
            Kernel32.INSTANCE.CloseHandle(pipe);
            throw e;
        }
    }

    private static HANDLE open(String address) throws IOException {
        long end = System.nanoTime() + WAIT.toNanos();
        while (true) {
            HANDLE pipe = Kernel32.INSTANCE.CreateFile(
                    address,
                    WinNT.GENERIC_READ | WinNT.GENERIC_WRITE,
                    0,
                    null,
                    WinNT.OPEN_EXISTING,
                    PipeApi.OVERLAPPED | PipeApi.IDENTIFY_ONLY,
                    null);
            if (!WinBase.INVALID_HANDLE_VALUE.equals(pipe)) {
                return pipe;
            }
            Win32Failure failure = Win32Failure.last("opening the pipe " + address);
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (failure.code() != WinError.ERROR_PIPE_BUSY
                    || left <= 0
                    || !Kernel32.INSTANCE.WaitNamedPipe(address, (int) left)) {
                throw failure;
            }
        }
    }

    private static String self() throws IOException {
        try (ProcessToken token = ProcessToken.current()) {
            return token.user();
        }
    }
}
