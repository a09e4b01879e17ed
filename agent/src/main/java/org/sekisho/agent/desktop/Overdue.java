package org.sekisho.agent.desktop;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Ends a process that takes too long; one that ends by itself is left alone, with what it wrote still to be read. */
final class Overdue {
    private Overdue() {}

    static void end(Process process, int seconds) {
        CompletableFuture<Process> ended = process.onExit().orTimeout(seconds, TimeUnit.SECONDS);
        var watched = ended.exceptionally(tooLate -> process.destroyForcibly());
        watched.isDone();
    }
}
