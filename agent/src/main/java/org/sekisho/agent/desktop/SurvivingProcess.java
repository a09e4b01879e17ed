package org.sekisho.agent.desktop;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A helper that an earlier run of the service started. It is nobody's child any more, so its exit value is not known. */
final class SurvivingProcess implements DesktopSessions.DesktopProcess {
    private static final int STOP_SECONDS = 5;

    private final ProcessHandle process;
    private final CompletableFuture<String> ended;

    /** @param cleanup run once the process is gone */
    SurvivingProcess(ProcessHandle process, Runnable cleanup) {
        this.process = process;
        this.ended = process.onExit().thenApply(over -> {
            cleanup.run();
            return "ended, having outlived the service that started it";
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
            process.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            process.destroyForcibly();
            process.onExit().join();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("waiting for process " + process.pid() + " failed", e);
        }
    }
}
