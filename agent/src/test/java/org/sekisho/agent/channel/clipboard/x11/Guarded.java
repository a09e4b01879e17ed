package org.sekisho.agent.channel.clipboard.x11;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.sekisho.agent.channel.ChannelException;
import org.sekisho.agent.channel.clipboard.ContentVault;
import org.sekisho.agent.channel.clipboard.TestGate;
import org.sekisho.v1.ChannelMode;
import org.sekisho.v1.ChannelState;

/** A display's clipboard that is guarded until this is closed. */
final class Guarded implements AutoCloseable {
    /** Far beyond what anything takes here. */
    static final Duration SOON = Duration.ofSeconds(20);

    private final X11Clipboard clipboard;
    private final CompletableFuture<Void> serving;

    Guarded(String display, Path held, TestGate gate, X11Limits limits) {
        clipboard = new X11Clipboard(display, new ContentVault(held), () -> 1 << 20, limits);
        serving = CompletableFuture.runAsync(() -> {
            try {
                clipboard.serve(gate);
            } catch (ChannelException e) {
                throw new IllegalStateException(e);
            }
        });
        await().atMost(SOON).until(() -> clipboard.state().getMode() == ChannelMode.MODE_ENFORCED);
    }

    /** Limits that nothing here reaches but, if that is short, the look at an owner. */
    static X11Limits lookingFor(Duration most) {
        return new X11Limits(SOON, most, SOON, SOON, SOON, SOON);
    }

    ChannelState state() {
        return clipboard.state();
    }

    void rehearse() {
        clipboard.rehearse();
    }

    @Override
    public void close() {
        clipboard.close();
        serving.orTimeout(SOON.toSeconds(), TimeUnit.SECONDS).join();
    }
}
