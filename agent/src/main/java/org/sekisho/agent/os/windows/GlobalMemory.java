package org.sekisho.agent.os.windows;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.platform.win32.BaseTSD.SIZE_T;
import com.sun.jna.win32.StdCallLibrary;
import com.sun.jna.win32.W32APIOptions;
import org.jspecify.annotations.Nullable;

/** The movable memory in which the clipboard's contents are passed (kernel32, {@code winbase.h}). */
public interface GlobalMemory extends StdCallLibrary {

    GlobalMemory INSTANCE = Native.load("kernel32", GlobalMemory.class, W32APIOptions.UNICODE_OPTIONS);

    /** {@code GMEM_MOVEABLE}: what SetClipboardData demands. */
    int MOVEABLE = 2;

    @Nullable
    Pointer GlobalAlloc(int flags, SIZE_T bytes);

    @Nullable
    Pointer GlobalLock(Pointer memory);

    boolean GlobalUnlock(Pointer memory);

    /** Bytes; may be more than were asked for. 0 if it is no such memory. */
    SIZE_T GlobalSize(Pointer memory);

    @Nullable
    Pointer GlobalFree(Pointer memory);
}
