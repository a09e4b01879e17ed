package org.sekisho.agent.os.windows;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.platform.win32.AccCtrl.SE_OBJECT_TYPE;
import com.sun.jna.platform.win32.Advapi32;
import com.sun.jna.platform.win32.Kernel32;
import com.sun.jna.platform.win32.WinBase.SECURITY_ATTRIBUTES;
import com.sun.jna.platform.win32.WinNT;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import com.sun.jna.platform.win32.Winsvc.SC_HANDLE;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import java.nio.file.Path;

/** A security descriptor in native memory, which {@link #close} frees. Not thread-safe. */
public final class SecurityDescriptor implements AutoCloseable {
    private static final int DACL = WinNT.DACL_SECURITY_INFORMATION;
    private static final int OWNER = WinNT.OWNER_SECURITY_INFORMATION;
    private static final int PROTECTED_DACL = WinNT.PROTECTED_DACL_SECURITY_INFORMATION;

    private final Pointer memory;

    private SecurityDescriptor(Pointer memory) {
        this.memory = memory;
    }

    /** From SDDL, such as {@code D:P(A;;FA;;;SY)}. */
    public static SecurityDescriptor of(String sddl) throws Win32Failure {
        PointerByReference memory = new PointerByReference();
        if (!SecurityDescriptorText.INSTANCE.ConvertStringSecurityDescriptorToSecurityDescriptor(
                sddl, SecurityDescriptorText.REVISION, memory, null)) {
            throw Win32Failure.last("ConvertStringSecurityDescriptorToSecurityDescriptor of " + sddl);
        }
        return new SecurityDescriptor(memory.getValue());
    }

    /** Owner and DACL of a file or folder, as they are now. */
    public static SecurityDescriptor ofFile(Path file) throws Win32Failure {
        PointerByReference memory = new PointerByReference();
        int error = Advapi32.INSTANCE.GetNamedSecurityInfo(
                file.toString(), SE_OBJECT_TYPE.SE_FILE_OBJECT, OWNER | DACL, null, null, null, null, memory);
        if (error != 0) {
            throw new Win32Failure("GetNamedSecurityInfo of " + file, error);
        }
        return new SecurityDescriptor(memory.getValue());
    }

    /** Owner and DACL of a kernel object, such as a process or a pipe, as they are now. */
    public static SecurityDescriptor ofKernelObject(HANDLE handle, String what) throws Win32Failure {
        PointerByReference memory = new PointerByReference();
        int error = Advapi32.INSTANCE.GetSecurityInfo(
                handle, SE_OBJECT_TYPE.SE_KERNEL_OBJECT, OWNER | DACL, null, null, null, null, memory);
        if (error != 0) {
            throw new Win32Failure("GetSecurityInfo of " + what, error);
        }
        return new SecurityDescriptor(memory.getValue());
    }

    /** DACL of a service, as it is now. */
    public static String sddlOfService(SC_HANDLE service, String what) throws Win32Failure {
        IntByReference size = new IntByReference();
        ServiceApi.INSTANCE.QueryServiceObjectSecurity(service, DACL, null, 0, size);
        try (Memory memory = new Memory(Math.max(size.getValue(), SecurityDescriptorText.LEAST_BYTES))) {
            if (!ServiceApi.INSTANCE.QueryServiceObjectSecurity(service, DACL, memory, (int) memory.size(), size)) {
                throw Win32Failure.last("QueryServiceObjectSecurity of " + what);
            }
            return sddl(memory);
        }
    }

    /** Puts this DACL on a service. */
    public void protect(SC_HANDLE service, String what) throws Win32Failure {
        if (!ServiceApi.INSTANCE.SetServiceObjectSecurity(service, DACL, memory)) {
            throw Win32Failure.last("SetServiceObjectSecurity of " + what);
        }
    }

    /** Puts this DACL on a file or folder, and on nothing that lies in it. Inherits only if the SDDL does not say {@code P}. */
    public void protect(Path file) throws Win32Failure {
        // SetNamedSecurityInfo would add the parent's entries under Wine, P or not.
        if (!Advapi32.INSTANCE.SetFileSecurity(file.toString(), DACL | PROTECTED_DACL, memory)) {
            throw Win32Failure.last("SetFileSecurity of " + file);
        }
    }

    /** Makes a folder that has this descriptor from the first moment. */
    public void createFolder(Path folder) throws Win32Failure {
        if (!Kernel32.INSTANCE.CreateDirectory(folder.toString(), attributes())) {
            throw Win32Failure.last("CreateDirectory of " + folder);
        }
    }

    /** Puts this DACL on a kernel object. */
    public void protect(HANDLE handle, String what) throws Win32Failure {
        int error = Advapi32.INSTANCE.SetSecurityInfo(
                handle, SE_OBJECT_TYPE.SE_KERNEL_OBJECT, DACL | PROTECTED_DACL, null, null, dacl(), null);
        if (error != 0) {
            throw new Win32Failure("SetSecurityInfo of " + what, error);
        }
    }

    /** For creating an object with this descriptor; valid until {@link #close}. */
    public SECURITY_ATTRIBUTES attributes() {
        SECURITY_ATTRIBUTES attributes = new SECURITY_ATTRIBUTES();
        attributes.lpSecurityDescriptor = memory;
        attributes.bInheritHandle = false;
        attributes.write();
        return attributes;
    }

    /** The native structure; valid until {@link #close}. */
    public Pointer pointer() {
        return memory;
    }

    /** Owner and DACL in SDDL. */
    public String sddl() throws Win32Failure {
        return sddl(memory);
    }

    private static String sddl(Pointer memory) throws Win32Failure {
        PointerByReference text = new PointerByReference();
        if (!SecurityDescriptorText.INSTANCE.ConvertSecurityDescriptorToStringSecurityDescriptor(
                memory, SecurityDescriptorText.REVISION, OWNER | DACL, text, null)) {
            throw Win32Failure.last("ConvertSecurityDescriptorToStringSecurityDescriptor");
        }
        try {
            return text.getValue().getWideString(0);
        } finally {
            Kernel32.INSTANCE.LocalFree(text.getValue());
        }
    }

    private Pointer dacl() throws Win32Failure {
        IntByReference present = new IntByReference();
        PointerByReference dacl = new PointerByReference();
        if (!SecurityDescriptorText.INSTANCE.GetSecurityDescriptorDacl(memory, present, dacl, new IntByReference())) {
            throw Win32Failure.last("GetSecurityDescriptorDacl");
        }
        if (dacl.getValue() == null) {
            throw new IllegalStateException("the descriptor has no DACL, which would let everyone in");
        }
        return dacl.getValue();
    }

    @Override
    public void close() {
        Kernel32.INSTANCE.LocalFree(memory);
    }
}
