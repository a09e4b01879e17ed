package org.sekisho.agent.os.windows;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;
import com.sun.jna.platform.win32.Winsvc.SC_HANDLE;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.win32.StdCallLibrary;
import com.sun.jna.win32.W32APIOptions;
import org.jspecify.annotations.Nullable;

/** What the service control manager keeps of a service (advapi32, {@code winsvc.h}). */
public interface ServiceApi extends StdCallLibrary {

    ServiceApi INSTANCE = Native.load("advapi32", ServiceApi.class, W32APIOptions.UNICODE_OPTIONS);

    /** {@code SERVICE_DELAYED_AUTO_START_INFO}: one word, 0 or 1. */
    @FieldOrder("value")
    final class Flag extends Structure {
        public int value;

        public Flag() {}

        public Flag(boolean set) {
            value = set ? 1 : 0;
        }
    }

    boolean ChangeServiceConfig2(SC_HANDLE service, int level, Structure setting);

    boolean QueryServiceConfig2(SC_HANDLE service, int level, @Nullable Pointer into, int size, IntByReference needed);

    boolean SetServiceObjectSecurity(SC_HANDLE service, int parts, Pointer descriptor);

    boolean QueryServiceObjectSecurity(
            SC_HANDLE service, int parts, @Nullable Pointer into, int size, IntByReference needed);
}
