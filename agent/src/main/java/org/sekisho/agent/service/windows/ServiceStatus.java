package org.sekisho.agent.service.windows;

import com.sun.jna.platform.win32.Advapi32;
import com.sun.jna.platform.win32.WinError;
import com.sun.jna.platform.win32.WinNT;
import com.sun.jna.platform.win32.Winsvc;
import com.sun.jna.platform.win32.Winsvc.SERVICE_STATUS;
import com.sun.jna.platform.win32.Winsvc.SERVICE_STATUS_HANDLE;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the service control manager is told. While the service starts or stops it is told anew, with a growing check point,
 * before each wait hint has passed; else Windows takes the service for hung. Thread-safe.
 */
final class ServiceStatus {
    /** Long enough for a loaded terminal; Windows' own time-out for a start is 30 s without a hint. */
    private static final int WAIT_HINT_MILLIS = 10_000;

    private static final int TELL_MILLIS = WAIT_HINT_MILLIS / 4;
    private static final int ACCEPTED = Winsvc.SERVICE_ACCEPT_STOP
            | Winsvc.SERVICE_ACCEPT_SHUTDOWN
            | Winsvc.SERVICE_ACCEPT_PRESHUTDOWN
            | Winsvc.SERVICE_ACCEPT_SESSIONCHANGE;
    /** {@code ERROR_SERVICE_SPECIFIC_ERROR}: the number that follows is the service's own. */
    private static final int SPECIFIC = 1066;

    private static final int BODY_FAILED = 1;

    private final SERVICE_STATUS_HANDLE handle;
    private final ScheduledExecutorService teller = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("service-status").factory());
    private int state;
    private int checkPoint;
    private @Nullable ScheduledFuture<?> telling;

    ServiceStatus(SERVICE_STATUS_HANDLE handle) {
        this.handle = handle;
    }

    void starting() {
        pending(Winsvc.SERVICE_START_PENDING);
    }

    /** Does nothing if it was told to stop before. */
    synchronized void running() {
        if (state == Winsvc.SERVICE_START_PENDING) {
            settle();
            state = Winsvc.SERVICE_RUNNING;
            tell(0, 0);
        }
    }

    void stopping() {
        pending(Winsvc.SERVICE_STOP_PENDING);
    }

    synchronized void stopped() {
        end(WinError.NO_ERROR, 0);
    }

    /** Stopped by a failure: Windows does what was set for recovery. */
    synchronized void failed() {
        end(SPECIFIC, BODY_FAILED);
    }

    private synchronized void pending(int next) {
        if (state == Winsvc.SERVICE_STOPPED || state == next) {
            return;
        }
        settle();
        state = next;
        checkPoint = 0;
        telling = teller.scheduleAtFixedRate(this::tellPending, 0, TELL_MILLIS, TimeUnit.MILLISECONDS);
        tellPending();
    }

    private synchronized void tellPending() {
        if (state == Winsvc.SERVICE_START_PENDING || state == Winsvc.SERVICE_STOP_PENDING) {
            checkPoint++;
            tell(0, 0);
        }
    }

    private void end(int exitCode, int specificCode) {
        settle();
        teller.shutdownNow();
        state = Winsvc.SERVICE_STOPPED;
        tell(exitCode, specificCode);
    }

    private void settle() {
        if (telling != null) {
            telling.cancel(false);
            telling = null;
        }
    }

    private void tell(int exitCode, int specificCode) {
        boolean pending = state == Winsvc.SERVICE_START_PENDING || state == Winsvc.SERVICE_STOP_PENDING;
        SERVICE_STATUS status = new SERVICE_STATUS();
        status.dwServiceType = WinNT.SERVICE_WIN32_OWN_PROCESS;
        status.dwCurrentState = state;
        status.dwControlsAccepted = state == Winsvc.SERVICE_RUNNING ? ACCEPTED : 0;
        status.dwWin32ExitCode = exitCode;
        status.dwServiceSpecificExitCode = specificCode;
        status.dwCheckPoint = pending ? checkPoint : 0;
        status.dwWaitHint = pending ? WAIT_HINT_MILLIS : 0;
        Advapi32.INSTANCE.SetServiceStatus(handle, status);
    }
}
