package org.sekisho.agent.channel.clipboard.x11;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.sekisho.agent.channel.clipboard.Capture;
import org.sekisho.agent.channel.clipboard.ClipboardGate;
import org.sekisho.agent.channel.clipboard.ContentVault;
import org.sekisho.agent.channel.clipboard.Paste;

/** A process that guards a display's clipboard and allows everything; says on standard output what it sees. */
final class PermissiveGuard {
    private PermissiveGuard() {}

    /** The display, the directory for what is held. */
    public static void main(String[] arguments) throws Exception {
        ContentVault vault = new ContentVault(Path.of(arguments[1]));
        new X11Clipboard(arguments[0], vault, () -> 256L << 20).serve(new ClipboardGate() {
            @Override
            public void copied(Capture capture) {
                System.out.println("copied " + capture.complete() + " "
                        + capture.contents().stream()
                                .mapToLong(content -> content.size())
                                .max()
                                .orElse(0)
                        + " exposed " + capture.exposed().toNanos() / 1_000);
                System.out.flush();
            }

            @Override
            public CompletionStage<Boolean> asked(Paste paste) {
                return CompletableFuture.completedFuture(true);
            }

            @Override
            public void done(Paste paste, long bytes, String failure) {}
        });
    }
}
