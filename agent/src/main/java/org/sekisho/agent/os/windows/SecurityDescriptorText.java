package org.sekisho.agent.os.windows;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import com.sun.jna.win32.StdCallLibrary;
import com.sun.jna.win32.W32APIOptions;
import org.jspecify.annotations.Nullable;

/** Security descriptors to and from their text, SDDL (advapi32, {@code sddl.h}). Text and descriptors are freed by LocalFree. */
public interface SecurityDescriptorText extends StdCallLibrary {

    SecurityDescriptorText INSTANCE =
            Native.load("advapi32", SecurityDescriptorText.class, W32APIOptions.UNICODE_OPTIONS);

    /** {@code SDDL_REVISION_1}. */
    int REVISION = 1;

    /** {@code SECURITY_DESCRIPTOR_MIN_LENGTH}, with room. */
    int LEAST_BYTES = 64;

    boolean ConvertStringSecurityDescriptorToSecurityDescriptor(
            String text, int revision, PointerByReference descriptor, @Nullable IntByReference size);

    boolean ConvertSecurityDescriptorToStringSecurityDescriptor(
            Pointer descriptor, int revision, int parts, PointerByReference text, @Nullable IntByReference length);

    /** {@code dacl} points into {@code descriptor}. */
    boolean GetSecurityDescriptorDacl(
            Pointer descriptor, IntByReference present, PointerByReference dacl, IntByReference defaulted);
}
