package org.sekisho.agent.channel.clipboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.sekisho.agent.channel.ChannelException;
import org.sekisho.v1.Channel;
import org.sekisho.v1.ChannelMode;
import org.sekisho.v1.ChannelState;
import org.sekisho.v1.ClipboardFormat;
import org.sekisho.v1.Process;
import org.sekisho.v1.Selection;

/** A session's clipboard in memory, with one other program that copies and pastes text. Thread-safe. */
public final class FakeSessionClipboard implements SessionClipboard {
    private final ContentVault vault;
    private final long maxBytes;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CompletableFuture<Void> closing = new CompletableFuture<>();
    private @Nullable ClipboardGate gate;
    private @Nullable Capture held;
    private String unguarded = "";
    private long captures;
    private long pastes;

    public FakeSessionClipboard(ContentVault vault, long maxBytes) {
        this.vault = vault;
        this.maxBytes = maxBytes;
    }

    /** Another program, of process {@code pid}, copies. */
    public synchronized void copy(String text, int pid) throws IOException {
        drop();
        ClipboardGate serving = gate;
        if (serving == null) {
            unguarded = text;
            return;
        }
        ContentVault.Room room = vault.room(maxBytes);
        ContentSink sink = room.sink("UTF8_STRING", ClipboardFormat.TEXT);
        boolean whole = sink.write(text.getBytes(UTF_8));
        Capture capture = new Capture(
                ++captures,
                Selection.CLIPBOARD_SELECTION,
                Process.newBuilder().setPid(pid).build(),
                whole ? List.of(sink.finish()) : List.of(),
                Duration.ofNanos(1),
                whole);
        held = capture;
        serving.copied(capture);
    }

    /** Another program, of process {@code pid}, asks for text. */
    public Optional<String> paste(int pid) {
        Capture capture;
        ClipboardGate serving;
        Paste paste;
        synchronized (this) {
            serving = gate;
            capture = held;
            if (serving == null) {
                return unguarded.isEmpty() ? Optional.empty() : Optional.of(unguarded);
            }
            if (capture == null || capture.contents().isEmpty()) {
                return Optional.empty();
            }
            paste = new Paste(
                    ++pastes, capture, Process.newBuilder().setPid(pid).build(), "UTF8_STRING");
        }
        CompletableFuture<Boolean> refused = closing.thenApply(nothing -> false);
        boolean allowed = (Boolean) CompletableFuture.anyOf(
                        serving.asked(paste).toCompletableFuture().exceptionally(failure -> false), refused)
                .join();
        String text = allowed ? read(capture) : "";
        serving.done(paste, text.getBytes(UTF_8).length, "");
        return allowed ? Optional.of(text) : Optional.empty();
    }

    private static String read(Capture capture) {
        try (InputStream in = capture.contents().get(0).open()) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void drop() {
        if (held != null) {
            held.contents().forEach(HeldContent::close);
            held = null;
        }
        unguarded = "";
    }

    @Override
    public void serve(ClipboardGate serving) throws ChannelException {
        synchronized (this) {
            gate = serving;
        }
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChannelException("interrupted", e);
        }
    }

    @Override
    public synchronized ChannelState state() {
        return ChannelState.newBuilder()
                .setChannel(Channel.CLIPBOARD)
                .setMode(gate == null ? ChannelMode.MODE_INACTIVE : ChannelMode.MODE_ENFORCED)
                .build();
    }

    @Override
    public synchronized void clear() {
        drop();
    }

    @Override
    public void close() {
        closing.complete(null);
        synchronized (this) {
            drop();
        }
        closed.countDown();
    }
}
