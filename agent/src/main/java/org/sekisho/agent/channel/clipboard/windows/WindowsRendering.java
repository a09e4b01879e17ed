package org.sekisho.agent.channel.clipboard.windows;

import com.sun.jna.Pointer;
import com.sun.jna.platform.win32.BaseTSD.SIZE_T;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.sekisho.agent.channel.clipboard.HeldContent;
import org.sekisho.agent.os.windows.ClipboardApi;
import org.sekisho.agent.os.windows.GlobalMemory;
import org.sekisho.agent.os.windows.Win32Failure;

/** Memory that is being filled for the clipboard. For one thread. {@link #handOver} or {@link #close} ends it. */
final class WindowsRendering implements AutoCloseable {
    private static final GlobalMemory GLOBAL = GlobalMemory.INSTANCE;
    private static final int CHUNK_BYTES = 64 * 1024;

    private @Nullable Pointer memory;
    private final Pointer bytes;
    private final long capacity;
    private long filled;

    private WindowsRendering(Pointer memory, Pointer bytes, long capacity) {
        this.memory = memory;
        this.bytes = bytes;
        this.capacity = capacity;
    }

    static WindowsRendering of(long size) throws Win32Failure {
        Pointer memory = GLOBAL.GlobalAlloc(GlobalMemory.MOVEABLE, new SIZE_T(Math.max(1, size)));
        Pointer bytes = memory == null ? null : GLOBAL.GlobalLock(memory);
        if (memory == null || bytes == null) {
            throw Win32Failure.last("GlobalAlloc of %d bytes for the clipboard".formatted(size));
        }
        return new WindowsRendering(memory, bytes, size);
    }

    /**
     * Renders {@code content} as {@code format} for the reader that waits for it.
     *
     * @return its size in bytes
     * @throws IOException if it can't be read or Windows does not take it; nothing was handed out then
     */
    static long render(int format, HeldContent content) throws IOException {
        // Texts end in a zero, which is not part of what is held.
        int end = format == WindowsFormats.CF_UNICODETEXT ? Character.BYTES : 0;
        try (WindowsRendering rendering = of(content.size() + end);
                InputStream in = content.open()) {
            byte[] chunk = new byte[CHUNK_BYTES];
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                rendering.append(chunk, read);
            }
            Arrays.fill(chunk, (byte) 0);
            rendering.append(chunk, end);
            rendering.handOver(format);
        }
        return content.size();
    }

    void append(byte[] from, int length) {
        if (filled + length > capacity) {
            throw new IllegalStateException("more than the %d bytes that were announced".formatted(capacity));
        }
        bytes.write(filled, from, 0, length);
        filled += length;
    }

    /** Gives the memory to the clipboard, whose it is from then on. */
    void handOver(int format) throws Win32Failure {
        Pointer given = memory;
        if (given == null) {
            throw new IllegalStateException("was handed over already");
        }
        GLOBAL.GlobalUnlock(given);
        if (ClipboardApi.INSTANCE.SetClipboardData(format, given) == null) {
            throw Win32Failure.last("SetClipboardData of format %d with %d bytes".formatted(format, filled));
        }
        memory = null;
    }

    /** Wipes and frees the memory, if it was not handed over. */
    @Override
    public void close() {
        Pointer kept = memory;
        if (kept != null) {
            memory = null;
            Pointer locked = GLOBAL.GlobalLock(kept);
            if (locked != null) {
                locked.clear(capacity);
            }
            GLOBAL.GlobalFree(kept);
        }
    }
}
