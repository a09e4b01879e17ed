package org.sekisho.agent.os.windows;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.platform.win32.WinBase.SECURITY_ATTRIBUTES;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.win32.StdCallLibrary;
import com.sun.jna.win32.W32APIOptions;
import org.jspecify.annotations.Nullable;

/** Named pipes whose reads and writes go on side by side (kernel32). {@code overlapped} is an {@link OverlappedCall}'s. */
public interface PipeApi extends StdCallLibrary {

    PipeApi INSTANCE = Native.load("kernel32", PipeApi.class, W32APIOptions.UNICODE_OPTIONS);

    /** {@code FILE_FLAG_OVERLAPPED}. */
    int OVERLAPPED = 0x40000000;

    /** {@code FILE_FLAG_FIRST_PIPE_INSTANCE}: fails if anybody has a pipe of that name. */
    int FIRST_INSTANCE = 0x00080000;

    /** {@code SECURITY_SQOS_PRESENT | SECURITY_IDENTIFICATION}: the server may see who the client is, not act as it. */
    int IDENTIFY_ONLY = 0x00100000 | 0x00010000;

    HANDLE CreateNamedPipe(
            String name,
            int openMode,
            int pipeMode,
            int maxInstances,
            int outBytes,
            int inBytes,
            int defaultTimeoutMillis,
            SECURITY_ATTRIBUTES attributes);

    boolean ConnectNamedPipe(HANDLE pipe, Pointer overlapped);

    boolean ReadFile(HANDLE file, Pointer into, int bytes, @Nullable IntByReference read, Pointer overlapped);

    boolean WriteFile(HANDLE file, Pointer from, int bytes, @Nullable IntByReference written, Pointer overlapped);

    boolean GetOverlappedResult(HANDLE file, Pointer overlapped, IntByReference bytes, boolean wait);

    /** With no {@code overlapped}: all of this process's calls on the file. */
    boolean CancelIoEx(HANDLE file, @Nullable Pointer overlapped);
}
