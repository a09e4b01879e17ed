package org.sekisho.agent.channel.clipboard.windows;

import com.sun.jna.Pointer;
import com.sun.jna.platform.win32.User32;
import com.sun.jna.platform.win32.WinDef.HWND;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sekisho.agent.channel.clipboard.ContentSink;
import org.sekisho.agent.os.windows.ClipboardApi;
import org.sekisho.agent.os.windows.GlobalMemory;
import org.sekisho.agent.os.windows.Win32Failure;

/** The clipboard while this thread has it open, and nobody else can. */
final class OpenWindowsClipboard implements AutoCloseable {
    private static final ClipboardApi CLIPBOARD = ClipboardApi.INSTANCE;
    private static final int CHUNK_BYTES = 64 * 1024;
    /** Windows' own formats and those of the largest known offers (Office: some 40); more is no honest offer. */
    private static final int MAX_FORMATS = 256;

    private static final int NAME_LENGTH = 256;
    /** Keeps Windows' clipboard history and cloud clipboard, and tools that ask, from reading each offer at once. */
    private static final String NOT_FOR_MONITORS = "ExcludeClipboardContentFromMonitorProcessing";

    private OpenWindowsClipboard() {}

    /** Opens it in {@code window}'s name; null if another program has it open. */
    static @Nullable OpenWindowsClipboard tryOpen(HWND window) {
        return CLIPBOARD.OpenClipboard(window) ? new OpenWindowsClipboard() : null;
    }

    /** What is on offer, in the order of the offer, at most {@value #MAX_FORMATS} formats. */
    List<WindowsFormats.Offered> offers() {
        List<WindowsFormats.Offered> offers = new ArrayList<>();
        char[] name = new char[NAME_LENGTH];
        for (int id = CLIPBOARD.EnumClipboardFormats(0);
                id != 0 && offers.size() < MAX_FORMATS;
                id = CLIPBOARD.EnumClipboardFormats(id)) {
            int length = CLIPBOARD.GetClipboardFormatName(id, name, name.length);
            offers.add(WindowsFormats.offered(id, new String(name, 0, Math.max(0, length))));
        }
        return offers;
    }

    /**
     * Reads a format, which its owner may have to render first.
     *
     * @return false if there is nothing to read, or more than the sink holds
     * @throws IOException if it can't be kept
     */
    boolean read(WindowsFormats.Offered offer, ContentSink into) throws IOException {
        Pointer memory = CLIPBOARD.GetClipboardData(offer.id());
        if (memory == null) {
            return false;
        }
        long size = GlobalMemory.INSTANCE.GlobalSize(memory).longValue();
        Pointer bytes = size == 0 ? null : GlobalMemory.INSTANCE.GlobalLock(memory);
        if (bytes == null) {
            return false;
        }
        try {
            return copy(bytes, offer.id() == WindowsFormats.CF_UNICODETEXT ? textSize(bytes, size) : size, into);
        } finally {
            GlobalMemory.INSTANCE.GlobalUnlock(memory);
        }
    }

    private static boolean copy(Pointer from, long size, ContentSink into) throws IOException {
        for (long at = 0; at < size; at += CHUNK_BYTES) {
            byte[] chunk = from.getByteArray(at, (int) Math.min(CHUNK_BYTES, size - at));
            boolean kept = into.write(chunk);
            Arrays.fill(chunk, (byte) 0);
            if (!kept) {
                return false;
            }
        }
        return true;
    }

    /** Up to the terminating zero; the memory behind it is whatever lay there. */
    private static long textSize(Pointer text, long size) {
        for (long at = 0; at < size; at += CHUNK_BYTES) {
            char[] chars = text.getCharArray(at, (int) Math.min(CHUNK_BYTES, size - at) / Character.BYTES);
            for (int i = 0; i < chars.length; i++) {
                if (chars[i] == 0) {
                    return at + (long) i * Character.BYTES;
                }
            }
        }
        return size;
    }

    /** Takes everything off the clipboard; the window that opened it becomes its owner. */
    void empty() throws Win32Failure {
        if (!CLIPBOARD.EmptyClipboard()) {
            throw Win32Failure.last("EmptyClipboard");
        }
    }

    /** Offers formats, to be rendered on request. Read back. */
    void offer(Collection<Integer> formats) throws Win32Failure {
        int mark = User32.INSTANCE.RegisterClipboardFormat(NOT_FOR_MONITORS);
        if (mark != 0) {
            put(mark, new byte[Integer.BYTES]);
        }
        for (int format : formats) {
            CLIPBOARD.SetClipboardData(format, null);
            if (!CLIPBOARD.IsClipboardFormatAvailable(format)) {
                throw Win32Failure.last("SetClipboardData of format %d for rendering later".formatted(format));
            }
        }
    }

    private static void put(int format, byte[] bytes) throws Win32Failure {
        WindowsRendering rendering = WindowsRendering.of(bytes.length);
        rendering.append(bytes, bytes.length);
        rendering.handOver(format);
    }

    @Override
    public void close() {
        CLIPBOARD.CloseClipboard();
    }
}
