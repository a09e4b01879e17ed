package org.sekisho.agent.service.windows;

import static java.util.Objects.requireNonNull;

import com.sun.jna.Pointer;
import com.sun.jna.platform.win32.Advapi32;
import com.sun.jna.platform.win32.WinError;
import com.sun.jna.platform.win32.Winsvc;
import com.sun.jna.platform.win32.Winsvc.HandlerEx;
import com.sun.jna.platform.win32.Winsvc.SERVICE_MAIN_FUNCTION;
import com.sun.jna.platform.win32.Winsvc.SERVICE_STATUS_HANDLE;
import com.sun.jna.platform.win32.Winsvc.SERVICE_TABLE_ENTRY;
import java.lang.ref.Reference;
import org.jspecify.annotations.Nullable;
import org.sekisho.agent.os.windows.Win32Failure;

/**
 * Runs a {@link ServiceBody} under the service control manager: one service in this process, once.
 *
 * <p>Windows calls the service's main on one thread of its own and the control handler on another; the thread that called
 * {@link #run} waits inside Windows until the service has stopped.
 */
public final class WindowsService {
    private final String name;
    private final ServiceBody body;
    // Held, for native code calls them.
    private final SERVICE_MAIN_FUNCTION main = (count, arguments) -> serve();
    private final HandlerEx handler = this::control;

    private volatile @Nullable ServiceStatus status;
    private volatile @Nullable Exception failure;

    public WindowsService(String name, ServiceBody body) {
        this.name = requireNonNull(name, "name is null");
        this.body = requireNonNull(body, "body is null");
    }

    /**
     * Runs until the service has stopped.
     *
     * @return false at once if this process was not started by the service control manager; nothing was run then
     * @throws Exception what the body failed with, or that Windows did not take it as a service
     */
    public boolean run() throws Exception {
        SERVICE_TABLE_ENTRY first = new SERVICE_TABLE_ENTRY();
        SERVICE_TABLE_ENTRY[] table = (SERVICE_TABLE_ENTRY[]) first.toArray(2);
        table[0].lpServiceName = name;
        table[0].lpServiceProc = main;
        try {
            if (!Advapi32.INSTANCE.StartServiceCtrlDispatcher(table)) {
                Win32Failure failed = Win32Failure.last("StartServiceCtrlDispatcher of " + name);
                if (failed.code() == WinError.ERROR_FAILED_SERVICE_CONTROLLER_CONNECT) {
                    return false;
                }
                throw failed;
            }
        } finally {
            Reference.reachabilityFence(table);
            Reference.reachabilityFence(main);
            Reference.reachabilityFence(handler);
        }
        Exception thrown = failure;
        if (thrown != null) {
            throw thrown;
        }
        return true;
    }

    private void serve() {
        SERVICE_STATUS_HANDLE handle = Advapi32.INSTANCE.RegisterServiceCtrlHandlerEx(name, handler, null);
        if (handle == null) {
            failure = Win32Failure.last("RegisterServiceCtrlHandlerEx of " + name);
            return;
        }
        ServiceStatus reported = new ServiceStatus(handle);
        status = reported;
        reported.starting();
        try {
            body.run(reported::running);
            reported.stopped();
        } catch (Exception e) {
            failure = e;
            reported.failed();
        } catch (Error e) {
            reported.failed();
            throw e;
        }
    }

    private int control(int control, int event, @Nullable Pointer data, @Nullable Pointer context) {
        ServiceStatus reported = status;
        switch (control) {
            case Winsvc.SERVICE_CONTROL_STOP -> stop(reported, "SERVICE_CONTROL_STOP");
            case Winsvc.SERVICE_CONTROL_PRESHUTDOWN -> stop(reported, "SERVICE_CONTROL_PRESHUTDOWN");
            case Winsvc.SERVICE_CONTROL_SHUTDOWN -> stop(reported, "SERVICE_CONTROL_SHUTDOWN");
            case Winsvc.SERVICE_CONTROL_SESSIONCHANGE -> body.sessionsChanged();
            case Winsvc.SERVICE_CONTROL_INTERROGATE -> {
                // Windows answers with the last status.
            }
            default -> {
                return WinError.ERROR_CALL_NOT_IMPLEMENTED;
            }
        }
        return WinError.NO_ERROR;
    }

    private void stop(@Nullable ServiceStatus reported, String cause) {
        if (reported != null) {
            reported.stopping();
        }
        body.stop(cause);
    }
}
