package org.sekisho.agent.channel.clipboard.windows;

import com.sun.jna.Pointer;
import com.sun.jna.platform.win32.Kernel32;
import com.sun.jna.platform.win32.User32;
import com.sun.jna.platform.win32.WinDef.HMODULE;
import com.sun.jna.platform.win32.WinDef.HWND;
import com.sun.jna.platform.win32.WinDef.LPARAM;
import com.sun.jna.platform.win32.WinDef.LRESULT;
import com.sun.jna.platform.win32.WinDef.WPARAM;
import com.sun.jna.platform.win32.WinUser;
import com.sun.jna.platform.win32.WinUser.MSG;
import com.sun.jna.platform.win32.WinUser.WNDCLASSEX;
import java.lang.ref.Reference;
import java.util.concurrent.atomic.AtomicLong;
import org.sekisho.agent.os.windows.ClipboardApi;
import org.sekisho.agent.os.windows.Win32Failure;

/**
 * A window that nobody sees and that gets messages. Belongs to the thread that made it; only {@link #post} may be called by
 * others.
 */
final class WindowsMessageWindow implements AutoCloseable {
    /** {@code HWND_MESSAGE}. JNA's own constant is the handle zero-extended, which Windows doesn't know. */
    private static final HWND MESSAGE_ONLY = new HWND(Pointer.createConstant(-3L));
    /** {@code PM_REMOVE}. */
    private static final int REMOVE = 1;

    /** So that a storm of messages doesn't keep the caller from its other work. */
    private static final int AT_ONCE = 64;

    private static final AtomicLong COUNT = new AtomicLong();

    /** What becomes of a message. */
    interface Handler {
        /** Returns whether it was dealt with; if not, Windows does what it does by default. */
        boolean handle(int message, long parameter);
    }

    private final String className = "SekishoClipboard" + COUNT.incrementAndGet();
    private final HMODULE module = Kernel32.INSTANCE.GetModuleHandle(null);
    /** Held, for native code calls it. */
    private final WinUser.WindowProc procedure;

    private final HWND window;

    WindowsMessageWindow(Handler handler) throws Win32Failure {
        procedure = (HWND target, int message, WPARAM parameter, LPARAM more) ->
                handler.handle(message, parameter.longValue())
                        ? new LRESULT(0)
                        : User32.INSTANCE.DefWindowProc(target, message, parameter, more);
        WNDCLASSEX windowClass = new WNDCLASSEX();
        windowClass.hInstance = module;
        windowClass.lpfnWndProc = procedure;
        windowClass.lpszClassName = className;
        if (User32.INSTANCE.RegisterClassEx(windowClass).intValue() == 0) {
            throw Win32Failure.last("RegisterClassEx " + className);
        }
        HWND made = User32.INSTANCE.CreateWindowEx(
                0, className, className, 0, 0, 0, 0, 0, MESSAGE_ONLY, null, module, null);
        if (made == null) {
            Win32Failure failure = Win32Failure.last("CreateWindowEx " + className);
            User32.INSTANCE.UnregisterClass(className, module);
            throw failure;
        }
        window = made;
    }

    HWND handle() {
        return window;
    }

    /** Has the handler called with {@code message} on the window's thread. Any thread. */
    void post(int message) {
        User32.INSTANCE.PostMessage(window, message, new WPARAM(0), new LPARAM(0));
    }

    /** Waits until there is a message, at most {@code timeoutMillis} (-1: without limit), and handles what is there. */
    void handleNext(int timeoutMillis) {
        ClipboardApi.INSTANCE.MsgWaitForMultipleObjects(0, null, false, timeoutMillis, ClipboardApi.ANY_MESSAGE);
        MSG message = new MSG();
        for (int i = 0; i < AT_ONCE && User32.INSTANCE.PeekMessage(message, null, 0, 0, REMOVE); i++) {
            User32.INSTANCE.DispatchMessage(message);
        }
    }

    /** Takes away the messages of one kind that wait. */
    void drop(int message) {
        MSG dropped = new MSG();
        while (User32.INSTANCE.PeekMessage(dropped, window, message, message, REMOVE)) {
            // Only its being there mattered.
        }
    }

    @Override
    public void close() {
        try {
            User32.INSTANCE.DestroyWindow(window);
            User32.INSTANCE.UnregisterClass(className, module);
        } finally {
            Reference.reachabilityFence(procedure);
        }
    }
}
