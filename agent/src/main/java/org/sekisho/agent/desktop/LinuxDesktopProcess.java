package org.sekisho.agent.desktop;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** A helper that runs under its own account. */
final class LinuxDesktopProcess implements DesktopSessions.DesktopProcess {
    /** A helper has only its connection to give up. */
    private static final int STOP_SECONDS = 5;
    /** A process that a signal ended has 128 and the signal's number as its exit value (java.lang.Process on Unix). */
    private static final int SIGNALLED = 128;

    private final Process process;
    private final CompletableFuture<String> ended;

    LinuxDesktopProcess(Process process, HelperDirectory directory) {
        this.process = process;
        this.ended = process.onExit().thenApply(over -> {
            directory.removeQuietly();
            int exit = over.exitValue();
            return exit > SIGNALLED ? "killed by signal " + (exit - SIGNALLED) : "exit " + exit;
        });
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public CompletionStage<String> ended() {
        return ended.minimalCompletionStage();
    }

    @Override
    public void stop() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
