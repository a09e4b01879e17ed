package org.sekisho.agent.service.windows;

import com.sun.jna.Memory;
import com.sun.jna.platform.win32.Advapi32;
import com.sun.jna.platform.win32.WinError;
import com.sun.jna.platform.win32.WinNT;
import com.sun.jna.platform.win32.Winsvc;
import com.sun.jna.platform.win32.Winsvc.SC_HANDLE;
import com.sun.jna.ptr.IntByReference;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.sekisho.agent.os.windows.AccessEntry;
import org.sekisho.agent.os.windows.CommandLine;
import org.sekisho.agent.os.windows.ProcessToken;
import org.sekisho.agent.os.windows.SecurityDescriptor;
import org.sekisho.agent.os.windows.ServiceApi;
import org.sekisho.agent.os.windows.Win32Failure;

/** Installs and removes the service. Needs an administrator. Thread-safe. */
public final class ServiceRegistry {
    private static final Advapi32 SCM = Advapi32.INSTANCE;
    /** SYSTEM and Administrators do all; who is logged on may see the service and its state, not stop or change it. */
    private static final String ACCESS = "D:(A;;CCDCLCSWRPWPDTLOCRSDRCWDWO;;;SY)(A;;CCDCLCSWRPWPDTLOCRSDRCWDWO;;;BA)"
            + "(A;;CCLCSWLOCRRC;;;IU)(A;;CCLCSWLOCRRC;;;SU)";
    /** What SDDL may write for reading alone: {@code SERVICE_QUERY_*}, enumerate, interrogate, read the descriptor. */
    private static final Set<String> READING = Set.of("CC", "LC", "SW", "LO", "CR", "RC");

    private static final Set<String> TRUSTED =
            Set.of("SY", "BA", ProcessToken.SYSTEM_SID, ProcessToken.ADMINISTRATORS_SID);
    /**
     * Installs the service to start with Windows, and sets its recovery and who may control it.
     *
     * @return what was set but did not hold when read back; empty if all holds
     * @throws IOException if it can't be installed, such as when it is there already or the caller is no administrator; names
     *     the service and the OS's error
     */
    public List<String> install(ServiceSettings settings) throws IOException {
        SC_HANDLE manager = manager(Winsvc.SC_MANAGER_CREATE_SERVICE);
        try {
            SC_HANDLE service = SCM.CreateService(
                    manager,
                    settings.name(),
                    settings.displayName(),
                    Winsvc.SERVICE_ALL_ACCESS,
                    WinNT.SERVICE_WIN32_OWN_PROCESS,
                    WinNT.SERVICE_AUTO_START,
                    WinNT.SERVICE_ERROR_NORMAL,
                    CommandLine.of(settings.command()),
                    null,
                    null,
                    null,
                    null,
                    null);
            if (service == null) {
                throw Win32Failure.last("CreateService " + settings.name());
            }
            try {
                return configured(service, settings.name());
            } finally {
                SCM.CloseServiceHandle(service);
            }
        } finally {
            SCM.CloseServiceHandle(manager);
        }
    }

    private static List<String> configured(SC_HANDLE service, String name) {
        List<String> lost = new ArrayList<>();
        hold(lost, "delayed start", () -> delayStart(service));
        hold(lost, "recovery", () -> ServiceRecovery.set(service));
        hold(lost, "access", () -> limitAccess(service, name));
        return lost;
    }

    private interface Setting {
        void set() throws IOException;
    }

    private static void hold(List<String> lost, String what, Setting setting) {
        try {
            setting.set();
        } catch (IOException | RuntimeException e) {
            lost.add(what + ": " + e.getMessage());
        }
    }

    private static void delayStart(SC_HANDLE service) throws IOException {
        int level = Winsvc.SERVICE_CONFIG_DELAYED_AUTO_START_INFO;
        ServiceApi.Flag delayed = new ServiceApi.Flag(true);
        if (!ServiceApi.INSTANCE.ChangeServiceConfig2(service, level, delayed)) {
            throw Win32Failure.last("ChangeServiceConfig2(SERVICE_CONFIG_DELAYED_AUTO_START_INFO)");
        }
        try (Memory found = new Memory(Integer.BYTES)) {
            if (!ServiceApi.INSTANCE.QueryServiceConfig2(service, level, found, Integer.BYTES, new IntByReference())) {
                throw Win32Failure.last("QueryServiceConfig2(SERVICE_CONFIG_DELAYED_AUTO_START_INFO)");
            }
            if (found.getInt(0) == 0) {
                throw new IOException("Windows did not keep it");
            }
        }
    }

    private static void limitAccess(SC_HANDLE service, String name) throws IOException {
        try (SecurityDescriptor access = SecurityDescriptor.of(ACCESS)) {
            access.protect(service, name);
        }
        String found = SecurityDescriptor.sddlOfService(service, name);
        for (AccessEntry entry : AccessEntry.of(found)) {
            if (entry.allows() && !TRUSTED.contains(entry.trustee()) && !readsOnly(entry.rights())) {
                throw new IOException("%s may do more than look at the service (%s)".formatted(entry.trustee(), found));
            }
        }
    }

    private static boolean readsOnly(String rights) {
        for (int i = 0; i < rights.length(); i += 2) {
            if (!READING.contains(rights.substring(i, Math.min(i + 2, rights.length())))) {
                return false;
            }
        }
        return true;
    }

    /**
     * Stops the service and removes it. Does nothing if there is none.
     *
     * @param within how long it may take to stop
     * @throws IOException if it does not stop in time, or can't be removed; names the service and the OS's error
     */
    public void uninstall(String name, Duration within) throws IOException {
        SC_HANDLE manager = manager(Winsvc.SC_MANAGER_CONNECT);
        try {
            SC_HANDLE service = SCM.OpenService(manager, name, Winsvc.SERVICE_ALL_ACCESS);
            if (service == null) {
                Win32Failure failure = Win32Failure.last("OpenService " + name);
                if (failure.code() == WinError.ERROR_SERVICE_DOES_NOT_EXIST) {
                    return;
                }
                throw failure;
            }
            try {
                RunningService.stop(service, name, within);
                if (!SCM.DeleteService(service)) {
                    throw Win32Failure.last("DeleteService " + name);
                }
            } finally {
                SCM.CloseServiceHandle(service);
            }
        } finally {
            SCM.CloseServiceHandle(manager);
        }
    }

    private static SC_HANDLE manager(int access) throws Win32Failure {
        SC_HANDLE manager = SCM.OpenSCManager(null, null, access);
        if (manager == null) {
            throw Win32Failure.last("OpenSCManager; run this as an administrator");
        }
        return manager;
    }
}
