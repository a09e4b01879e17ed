package org.sekisho.agent.channel.clipboard.x11;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.sekisho.agent.channel.ChannelException;
import org.sekisho.agent.channel.clipboard.ClipboardGate;
import org.sekisho.agent.channel.clipboard.ContentVault;
import org.sekisho.agent.channel.clipboard.SessionClipboard;
import org.sekisho.v1.Channel;
import org.sekisho.v1.ChannelMode;
import org.sekisho.v1.ChannelState;
import org.sekisho.v1.Selection;

/** The clipboard of an X11 display: CLIPBOARD, PRIMARY and XdndSelection. */
public final class X11Clipboard implements SessionClipboard {
    /** The display's thread never works longer than some 100 ms at a stretch; what takes 3 s is stuck. */
    private static final long STATE_SECONDS = 3;

    private static final Map<String, Selection> SELECTIONS = Map.of(
            "CLIPBOARD", Selection.CLIPBOARD_SELECTION,
            "PRIMARY", Selection.PRIMARY_SELECTION,
            "XdndSelection", Selection.DRAG_AND_DROP);

    private final String display;
    private final ContentVault vault;
    private final LongSupplier maxBytes;
    private final X11Limits limits;
    private final AtomicReference<@Nullable X11Loop> loop = new AtomicReference<>();
    private volatile boolean closed;
    private volatile ChannelState last = state(ChannelMode.MODE_INACTIVE, "not started");

    /**
     * @param display such as {@code :0}; its cookie comes from the file that the environment's XAUTHORITY names
     * @param vault keeps what is read
     * @param maxBytes the most that one content may have in all formats, asked anew for each
     */
    public X11Clipboard(String display, ContentVault vault, LongSupplier maxBytes) {
        this(display, vault, maxBytes, X11Limits.DEFAULT);
    }

    X11Clipboard(String display, ContentVault vault, LongSupplier maxBytes, X11Limits limits) {
        this.display = requireNonNull(display, "display is null");
        this.vault = requireNonNull(vault, "vault is null");
        this.maxBytes = requireNonNull(maxBytes, "maxBytes is null");
        this.limits = requireNonNull(limits, "limits is null");
    }

    @Override
    public void serve(ClipboardGate gate) throws ChannelException {
        try (XConnection x = XConnection.open(display);
                X11Loop running = new X11Loop(X11Session.on(x, vault, maxBytes, limits), gate, SELECTIONS)) {
            try (SelectionRecorder recorder =
                    SelectionRecorder.start(x, running.atoms(), running::exposed, running::recordingLost)) {
                running.recorded(recorder != null);
                loop.set(running);
                if (!closed) {
                    running.run();
                }
            }
            last = state(ChannelMode.MODE_INACTIVE, "closed");
        } catch (ChannelException e) {
            last = state(ChannelMode.MODE_FAILED, String.valueOf(e.getMessage()));
            throw e;
        } finally {
            loop.set(null);
        }
    }

    @Override
    public void rehearse() {
        Rehearsal.run(display, vault, limits);
    }

    @Override
    public ChannelState state() {
        X11Loop running = loop.get();
        if (running == null) {
            return last;
        }
        CompletableFuture<ChannelState> answer = new CompletableFuture<>();
        running.readBack(answer);
        try {
            return answer.get(STATE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return loop.get() == null
                    ? last
                    : state(
                            ChannelMode.MODE_FAILED,
                            "Display " + display + " has not answered for " + STATE_SECONDS
                                    + " s; another program may have grabbed it");
        } catch (ExecutionException e) {
            return state(ChannelMode.MODE_FAILED, String.valueOf(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return state(ChannelMode.MODE_FAILED, "interrupted while reading back");
        }
    }

    @Override
    public void clear() {
        X11Loop running = loop.get();
        if (running != null) {
            running.clear();
        }
    }

    @Override
    public void close() {
        closed = true;
        X11Loop running = loop.get();
        if (running != null) {
            running.stop();
        }
    }

    static ChannelState state(ChannelMode mode, String detail) {
        return ChannelState.newBuilder()
                .setChannel(Channel.CLIPBOARD)
                .setMode(mode)
                .setDetail(detail)
                .build();
    }
}
