package org.sekisho.agent.channel.clipboard.windows;

import com.sun.jna.Pointer;
import com.sun.jna.platform.win32.WinDef.HWND;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.sekisho.agent.channel.clipboard.Capture;
import org.sekisho.agent.channel.clipboard.ClipboardGate;
import org.sekisho.agent.channel.clipboard.ContentVault;
import org.sekisho.agent.channel.clipboard.HeldContent;
import org.sekisho.agent.os.windows.ClipboardApi;
import org.sekisho.agent.os.windows.Win32Failure;
import org.sekisho.v1.Process;
import org.sekisho.v1.Selection;

/**
 * What was taken off the clipboard, and who gets it. For the clipboard's thread; the clipboard must be open in this window's
 * name where an {@link OpenWindowsClipboard} is asked for.
 */
final class WindowsHolding {
    private static final ClipboardApi CLIPBOARD = ClipboardApi.INSTANCE;

    private final ContentVault vault;
    private final LongSupplier maxBytes;
    private final WindowsPrograms programs;
    private final ClipboardGate gate;
    private final WindowsAnswers answers;
    private final CompletableFuture<Void> closing;
    private @Nullable Capture held;
    private Map<Integer, HeldContent> byFormat = Map.of();
    private String trouble = "";
    private long captures;

    /**
     * @param maxBytes the most that is held of one content, all formats together
     * @param answerWithin how long a reader is kept waiting
     * @param closing completed when nothing is handed out any more
     */
    WindowsHolding(
            ContentVault vault,
            LongSupplier maxBytes,
            WindowsPrograms programs,
            ClipboardGate gate,
            Duration answerWithin,
            CompletableFuture<Void> closing) {
        this.vault = vault;
        this.maxBytes = maxBytes;
        this.programs = programs;
        this.gate = gate;
        this.answers = new WindowsAnswers(gate, answerWithin, System::nanoTime, closing);
        this.closing = closing;
    }

    /**
     * Reads what is on the clipboard and puts an offer in its place. Null if there is nothing.
     *
     * @param noticedAt when it came there, by {@link System#nanoTime}
     */
    @Nullable
    Capture takeOver(OpenWindowsClipboard open, long noticedAt) throws IOException {
        Process source = programs.of(CLIPBOARD.GetClipboardOwner());
        WindowsFormats.Choice choice = WindowsFormats.choose(open.offers());
        wipe();
        if (choice.taken().isEmpty() && choice.whole()) {
            return null;
        }
        WindowsReading read = WindowsReading.of(open, choice, vault.room(maxBytes.getAsLong()));
        byFormat = read.formats();
        trouble = read.trouble();
        open.empty();
        offerAnew(open);
        Duration exposed = Duration.ofNanos(System.nanoTime() - noticedAt);
        Capture capture = new Capture(
                ++captures,
                Selection.CLIPBOARD_SELECTION,
                source,
                List.copyOf(byFormat.values()),
                exposed,
                read.whole());
        held = capture;
        return capture;
    }

    /** Offers what is held, on an empty clipboard. */
    void offerAnew(OpenWindowsClipboard open) throws Win32Failure {
        open.offer(byFormat.keySet());
    }

    /** Why a part of what was offered last could not be held; empty if all could. */
    String trouble() {
        return trouble;
    }

    /**
     * Gives the reader that waits for a format the gate's answer.
     *
     * @return whether it was handed out, and lies in Windows' cache now
     */
    boolean render(int format) {
        HeldContent content = byFormat.get(format);
        Capture capture = held;
        if (content == null || capture == null) {
            return false;
        }
        HWND reader = CLIPBOARD.GetOpenClipboardWindow();
        WindowsAnswers.Answer answer = answers.ask(capture, programs.of(reader), number(reader), content.target());
        long bytes = 0;
        boolean rendered = false;
        String problem = "";
        if (answer.handOut() && !closing.isDone()) {
            try {
                bytes = WindowsRendering.render(format, content);
                rendered = true;
            } catch (IOException e) {
                problem = String.valueOf(e.getMessage());
            }
        }
        if (answer.report() != null) {
            gate.done(answer.report(), bytes, problem);
        }
        return rendered;
    }

    private static long number(@Nullable HWND window) {
        return window == null ? 0 : Pointer.nativeValue(window.getPointer());
    }

    /** Holds nothing any more. */
    void wipe() {
        held = null;
        byFormat.values().forEach(HeldContent::close);
        byFormat = Map.of();
        trouble = "";
        answers.forget();
    }
}
