package org.sekisho.agent.os.windows;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.platform.win32.Kernel32;
import com.sun.jna.platform.win32.WinError;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import com.sun.jna.ptr.IntByReference;

/**
 * Memory and event of one call at a time that goes on while the caller waits ({@code OVERLAPPED}, {@code minwinbase.h}).
 * Windows writes into it until the call has ended, so it is kept until then. For one thread at a time.
 */
public final class OverlappedCall implements AutoCloseable {
    /** Two words of status, an offset of 8 bytes, and the event. */
    private static final int SIZE = 2 * Native.POINTER_SIZE + 8 + Native.POINTER_SIZE;

    private static final int EVENT_AT = SIZE - Native.POINTER_SIZE;

    private final Memory memory = new Memory(SIZE);
    private final HANDLE event;

    public OverlappedCall() throws Win32Failure {
        HANDLE made = Kernel32.INSTANCE.CreateEvent(null, true, false, null);
        if (made == null) {
            throw Win32Failure.last("CreateEvent");
        }
        event = made;
    }

    /** Set when the call has ended. */
    public HANDLE event() {
        return event;
    }

    /** For the next call. */
    public Pointer begin() {
        memory.clear();
        memory.setPointer(EVENT_AT, event.getPointer());
        Kernel32.INSTANCE.ResetEvent(event);
        return memory;
    }

    /**
     * What came of the call, which this waits for.
     *
     * @param started what the call itself returned
     * @param tried for the failure's message
     * @return the bytes that were passed
     */
    public int result(boolean started, HANDLE file, String tried) throws Win32Failure {
        if (!started && Native.getLastError() != WinError.ERROR_IO_PENDING) {
            throw Win32Failure.last(tried);
        }
        IntByReference bytes = new IntByReference();
        if (!PipeApi.INSTANCE.GetOverlappedResult(file, memory, bytes, true)) {
            throw Win32Failure.last(tried);
        }
        return bytes.getValue();
    }

    @Override
    public void close() {
        Kernel32.INSTANCE.CloseHandle(event);
        memory.close();
    }
}
