package org.sekisho.agent.channel.clipboard.windows;

import static java.util.Objects.requireNonNull;

import com.sun.jna.platform.win32.Kernel32;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.sekisho.agent.channel.ChannelException;
import org.sekisho.agent.channel.clipboard.Capture;
import org.sekisho.agent.channel.clipboard.ClipboardGate;
import org.sekisho.agent.channel.clipboard.ContentVault;
import org.sekisho.agent.channel.clipboard.SessionClipboard;
import org.sekisho.agent.os.windows.ClipboardApi;
import org.sekisho.agent.os.windows.Win32Failure;
import org.sekisho.agent.os.windows.WindowsKind;
import org.sekisho.v1.Channel;
import org.sekisho.v1.ChannelMode;
import org.sekisho.v1.ChannelState;
import org.sekisho.v1.Process;

/**
 * The clipboard of a Windows session, through delayed rendering.
 *
 * <p>Each change is read and replaced by an offer of the same formats without content, while the clipboard stays open: from
 * then on Windows asks this window for a format when somebody reads it, and says who has the clipboard open. What is not
 * rendered does not exist, also if this process dies.
 *
 * <p>Invariant: what was rendered once lies in Windows' cache and is given to anybody, so the offer is made anew as soon as
 * the reader has closed the clipboard. In between, about a millisecond, another program could read it unasked.
 */
public final class WindowsClipboard implements SessionClipboard {
    private static final ClipboardApi CLIPBOARD = ClipboardApi.INSTANCE;
    /** {@code WM_APP}: the first message that is an application's own. It only wakes the thread. */
    private static final int WAKE = 0x8000;
    /** While the clipboard is open elsewhere. It is short as a rule, and each millisecond exposes the content. */
    private static final int RETRY_MILLIS = 1;
    /** After this many tries somebody holds on to the clipboard: tried seldom, and said in the state. */
    private static final int QUICK_TRIES = 2000;

    private static final int SLOW_RETRY_MILLIS = 50;

    private final ContentVault vault;
    private final LongSupplier maxBytes;
    private final Duration answerWithin;
    private final WindowsPrograms programs = new WindowsPrograms();
    private final CompletableFuture<Void> closing = new CompletableFuture<>();

    private volatile @Nullable WindowsMessageWindow window;
    private volatile @Nullable Thread server;
    private volatile String trouble = "";
    private volatile boolean clearAsked;

    // Of the serving thread.
    private boolean changed;
    private boolean offerAnew;
    private int tries;
    private long noticedAt;
    private @Nullable Throwable failure;

    /**
     * @param vault where contents are held
     * @param maxBytes the most that is held of one content, all formats together
     * @param answerWithin how long a reader is kept waiting for the gate's answer; its window stands still meanwhile
     */
    public WindowsClipboard(ContentVault vault, LongSupplier maxBytes, Duration answerWithin) {
        this.vault = requireNonNull(vault, "vault is null");
        this.maxBytes = requireNonNull(maxBytes, "maxBytes is null");
        this.answerWithin = requireNonNull(answerWithin, "answerWithin is null");
    }

    @Override
    public void serve(ClipboardGate gate) throws ChannelException {
        WindowsHolding holding = new WindowsHolding(vault, maxBytes, programs, gate, answerWithin, closing);
        server = Thread.currentThread();
        try (WindowsMessageWindow made =
                new WindowsMessageWindow((message, parameter) -> guarded(holding, message, (int) parameter))) {
            if (!CLIPBOARD.AddClipboardFormatListener(made.handle())) {
                throw Win32Failure.last("AddClipboardFormatListener");
            }
            window = made;
            noticed(0);
            while (!closing.isDone()) {
                Capture taken = work(made, holding);
                if (taken != null) {
                    gate.copied(taken);
                }
                made.handleNext(timeout());
                rethrow();
            }
            leave(made);
        } catch (IOException e) {
            throw new ChannelException("the clipboard of this Windows session: " + e.getMessage(), e);
        } finally {
            window = null;
            holding.wipe();
        }
    }

    /** Nothing may be thrown into native code: it is kept and thrown by the loop. */
    private boolean guarded(WindowsHolding holding, int message, int parameter) {
        try {
            return handle(holding, message, parameter);
        } catch (RuntimeException | Error e) {
            if (failure == null) {
                failure = e;
            }
            return true;
        }
    }

    private void rethrow() throws ChannelException {
        Throwable thrown = failure;
        if (thrown != null) {
            throw new ChannelException("serving the clipboard of this Windows session failed", thrown);
        }
    }

    private boolean handle(WindowsHolding holding, int message, int parameter) {
        switch (message) {
            case ClipboardApi.WM_CLIPBOARDUPDATE -> {
                if (!owned()) {
                    long queued = Integer.toUnsignedLong(Kernel32.INSTANCE.GetTickCount() - CLIPBOARD.GetMessageTime());
                    noticed(TimeUnit.MILLISECONDS.toNanos(queued));
                }
            }
            case ClipboardApi.WM_RENDERFORMAT -> offerAnew |= holding.render(parameter);
            // What is not rendered when the window goes is lost, which is what is wanted.
            case ClipboardApi.WM_RENDERALLFORMATS, ClipboardApi.WM_DESTROYCLIPBOARD, WAKE -> {}
            default -> {
                return false;
            }
        }
        return true;
    }

    private void noticed(long sinceNanos) {
        if (!changed) {
            changed = true;
            tries = 0;
            noticedAt = System.nanoTime() - sinceNanos;
        }
    }

    private int timeout() {
        if (!changed && !offerAnew && !clearAsked) {
            return -1;
        }
        return tries < QUICK_TRIES ? RETRY_MILLIS : SLOW_RETRY_MILLIS;
    }

    /** Does what is to be done, if the clipboard can be opened; what was taken over, if anything was. */
    private @Nullable Capture work(WindowsMessageWindow own, WindowsHolding holding) throws IOException {
        if (!changed && !offerAnew && !clearAsked) {
            return null;
        }
        Capture taken = null;
        try (OpenWindowsClipboard open = OpenWindowsClipboard.tryOpen(own.handle())) {
            if (open == null) {
                heldUp();
                return null;
            }
            tries = 0;
            trouble = "";
            if (!owned()) {
                own.drop(ClipboardApi.WM_CLIPBOARDUPDATE);
                taken = holding.takeOver(open, noticedAt);
                trouble = holding.trouble();
            } else if (offerAnew) {
                open.empty();
                holding.offerAnew(open);
            }
            if (clearAsked) {
                open.empty();
                holding.wipe();
                taken = null;
                clearAsked = false;
            }
            changed = false;
            offerAnew = false;
        }
        return taken;
    }

    private void heldUp() {
        if (++tries == QUICK_TRIES) {
            Process holder = programs.of(CLIPBOARD.GetOpenClipboardWindow());
            trouble = "another program holds the clipboard open (%s, process %d): its content can't be taken over"
                    .formatted(holder.getPath().isEmpty() ? "unknown" : holder.getPath(), holder.getPid());
        }
    }

    private boolean owned() {
        WindowsMessageWindow own = window;
        return own != null && own.handle().equals(CLIPBOARD.GetClipboardOwner());
    }

    /** Takes the offer back, so that nobody waits for a window that is gone. */
    private void leave(WindowsMessageWindow own) throws Win32Failure {
        if (owned()) {
            try (OpenWindowsClipboard open = OpenWindowsClipboard.tryOpen(own.handle())) {
                if (open != null) {
                    open.empty();
                }
            }
        }
        CLIPBOARD.RemoveClipboardFormatListener(own.handle());
    }

    @Override
    public ChannelState state() {
        ChannelState.Builder state = ChannelState.newBuilder().setChannel(Channel.CLIPBOARD);
        if (window == null) {
            return state.setMode(ChannelMode.MODE_INACTIVE)
                    .setDetail("not serving")
                    .build();
        }
        if (!trouble.isEmpty()) {
            return state.setMode(ChannelMode.MODE_FAILED).setDetail(trouble).build();
        }
        String detail =
                owned() ? "owns what is on the clipboard" : "listens to the clipboard, which is empty or changing";
        return state.setMode(ChannelMode.MODE_ENFORCED)
                .setDetail(detail + (WindowsKind.isWine() ? "; under Wine, where no session is isolated" : ""))
                .build();
    }

    @Override
    public void clear() {
        clearAsked = true;
        wake();
    }

    @Override
    public void close() {
        closing.complete(null);
        wake();
    }

    private void wake() {
        WindowsMessageWindow own = window;
        if (own != null && Thread.currentThread() != server) {
            own.post(WAKE);
        }
    }
}
