package org.sekisho.agent.desktop;

import com.sun.jna.platform.win32.Kernel32;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import java.io.IOException;
import java.util.List;
import org.sekisho.agent.os.windows.AccessEntry;
import org.sekisho.agent.os.windows.SecurityDescriptor;

/** Keeps who is logged on from ending, suspending or looking into the helper's process. */
final class WindowsProcessGuard {
    /**
     * {@code PROCESS_TERMINATE}, {@code CREATE_THREAD}, {@code VM_OPERATION}, {@code VM_READ}, {@code VM_WRITE}, {@code
     * DUP_HANDLE}, {@code SET_QUOTA}, {@code SET_INFORMATION}, {@code SUSPEND_RESUME}, {@code DELETE}, {@code WRITE_DAC} and
     * {@code WRITE_OWNER} (Microsoft, "Process Security and Access Rights").
     */
    static final int HARMFUL = 0xd0b7b;

    /** All rights for the service; for others only what shows that there is such a process. */
    private static final String ACCESS = "D:P(D;;0xd0b7b;;;IU)(A;;0x1fffff;;;SY)(A;;0x101000;;;BA)(A;;0x1000;;;IU)";

    private WindowsProcessGuard() {}

    /**
     * Protects this process.
     *
     * @throws IOException if Windows does not, or the DACL that is read back is another one
     */
    static void protectThisProcess() throws IOException {
        HANDLE self = Kernel32.INSTANCE.GetCurrentProcess();
        String what = "this helper's process";
        try (SecurityDescriptor access = SecurityDescriptor.of(ACCESS)) {
            access.protect(self, what);
            try (SecurityDescriptor found = SecurityDescriptor.ofKernelObject(self, what)) {
                List<AccessEntry> wanted = AccessEntry.of(access.sddl());
                if (!AccessEntry.of(found.sddl()).equals(wanted)) {
                    throw new IOException("%s has another DACL than was set: %s".formatted(what, found.sddl()));
                }
            }
        }
    }
}
