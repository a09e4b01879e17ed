package org.sekisho.agent.os.windows;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.platform.win32.WinDef.HWND;
import com.sun.jna.win32.StdCallLibrary;
import com.sun.jna.win32.W32APIOptions;
import org.jspecify.annotations.Nullable;

/** The clipboard and the waiting for messages (user32, {@code winuser.h}). */
public interface ClipboardApi extends StdCallLibrary {

    ClipboardApi INSTANCE = Native.load("user32", ClipboardApi.class, W32APIOptions.UNICODE_OPTIONS);

    /** Posted to listeners when the content has changed. */
    int WM_CLIPBOARDUPDATE = 0x031D;

    /** Sent to the owner: render the format in wParam; the reader has the clipboard open and waits. */
    int WM_RENDERFORMAT = 0x0305;

    /** Sent to the owner before its window goes: render all that should stay. */
    int WM_RENDERALLFORMATS = 0x0306;

    /** Sent to the owner when somebody empties the clipboard. */
    int WM_DESTROYCLIPBOARD = 0x0307;

    /** {@code QS_ALLINPUT}: any message, posted or sent. */
    int ANY_MESSAGE = 0x04FF;

    boolean OpenClipboard(@Nullable HWND window);

    boolean CloseClipboard();

    boolean EmptyClipboard();

    /** With no memory: rendered later, on request. The clipboard owns the memory afterwards. */
    @Nullable
    Pointer SetClipboardData(int format, @Nullable Pointer memory);

    /** The clipboard keeps the memory. Null if there is none or its owner did not render it. */
    @Nullable
    Pointer GetClipboardData(int format);

    int EnumClipboardFormats(int previous);

    int CountClipboardFormats();

    boolean IsClipboardFormatAvailable(int format);

    int GetClipboardFormatName(int format, char[] name, int capacity);

    @Nullable
    HWND GetClipboardOwner();

    /** The window that has the clipboard open; null if none has, or if it was opened without a window. */
    @Nullable
    HWND GetOpenClipboardWindow();

    int GetClipboardSequenceNumber();

    boolean AddClipboardFormatListener(HWND window);

    boolean RemoveClipboardFormatListener(HWND window);

    /** Of the message that the thread took last, in milliseconds of {@code GetTickCount}. */
    int GetMessageTime();

    int MsgWaitForMultipleObjects(int count, @Nullable Pointer handles, boolean all, int timeoutMillis, int wakeMask);
}
