package org.sekisho.agent.service.windows;

import com.sun.jna.platform.win32.Advapi32;
import com.sun.jna.platform.win32.Kernel32;
import com.sun.jna.platform.win32.WinBase;
import com.sun.jna.platform.win32.WinError;
import com.sun.jna.platform.win32.WinNT;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import com.sun.jna.platform.win32.Winsvc;
import com.sun.jna.platform.win32.Winsvc.SC_HANDLE;
import com.sun.jna.platform.win32.Winsvc.SERVICE_STATUS;
import com.sun.jna.platform.win32.Winsvc.SERVICE_STATUS_PROCESS;
import com.sun.jna.ptr.IntByReference;
import java.io.IOException;
import java.time.Duration;
import org.sekisho.agent.os.windows.Win32Failure;

/**
 * The process of a service that has one of its own ({@code SERVICE_WIN32_OWN_PROCESS}): when it has ended, the service has
 * stopped. The handle is taken before the service is told to stop, so that the number can't be another process's by then.
 * For one thread.
 */
final class RunningService implements AutoCloseable {
    private static final Advapi32 SCM = Advapi32.INSTANCE;
    private static final Kernel32 KERNEL = Kernel32.INSTANCE;

    private final SC_HANDLE service;
    private final String name;
    private final HANDLE process;

    private RunningService(SC_HANDLE service, String name, HANDLE process) {
        this.service = service;
        this.name = name;
        this.process = process;
    }

    /**
     * Stops a service and waits until its process has ended. Does nothing if it does not run.
     *
     * @throws IOException if it can't be told to stop, or has not ended in time; names it and the OS's error
     */
    static void stop(SC_HANDLE service, String name, Duration within) throws IOException {
        int pid = pid(service, name);
        if (pid == 0) {
            return;
        }
        HANDLE process = KERNEL.OpenProcess(WinNT.SYNCHRONIZE, false, pid);
        if (process == null) {
            Win32Failure failure = Win32Failure.last("OpenProcess %d of %s, to wait for its end".formatted(pid, name));
            if (failure.code() == WinError.ERROR_INVALID_PARAMETER) {
                return; // Microsoft, "OpenProcess": there is no such process any more.
            }
            throw failure;
        }
        try (RunningService running = new RunningService(service, name, process)) {
            running.tellToStop();
            running.awaitEnd(within);
        }
    }

    private static int pid(SC_HANDLE service, String name) throws Win32Failure {
        SERVICE_STATUS_PROCESS status = new SERVICE_STATUS_PROCESS();
        if (!SCM.QueryServiceStatusEx(
                service, Winsvc.SC_STATUS_TYPE.SC_STATUS_PROCESS_INFO, status, status.size(), new IntByReference())) {
            throw Win32Failure.last("QueryServiceStatusEx of " + name);
        }
        return status.dwCurrentState == Winsvc.SERVICE_STOPPED ? 0 : status.dwProcessId;
    }

    private void tellToStop() throws Win32Failure {
        if (!SCM.ControlService(service, Winsvc.SERVICE_CONTROL_STOP, new SERVICE_STATUS())) {
            Win32Failure failure = Win32Failure.last("ControlService(SERVICE_CONTROL_STOP) of " + name);
            if (failure.code() != WinError.ERROR_SERVICE_NOT_ACTIVE) {
                throw failure;
            }
        }
    }

    private void awaitEnd(Duration within) throws IOException {
        int waited = KERNEL.WaitForSingleObject(process, Math.toIntExact(within.toMillis()));
        if (waited == WinError.WAIT_TIMEOUT) {
            throw new IOException(
                    "%s has not stopped within %s; end its process and try again".formatted(name, within));
        }
        if (waited != WinBase.WAIT_OBJECT_0) {
            throw Win32Failure.last("WaitForSingleObject of the process of " + name);
        }
    }

    @Override
    public void close() {
        KERNEL.CloseHandle(process);
    }
}
