package org.sekisho.agent.desktop;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A helper that is a process of its own: started by this run of the service, or by one before. */
final class HelperProcess implements DesktopSessions.DesktopProcess {
    /** A helper has only its connection to give up. */
    private static final int STOP_SECONDS = 5;
    /** A process that a signal ended has 128 and the signal's number as its exit value (java.lang.Process on Unix). */
    private static final int SIGNALLED = 128;

    private final ProcessHandle process;
    private final CompletableFuture<String> ended;

    private HelperProcess(ProcessHandle process, CompletableFuture<String> ended) {
        this.process = process;
        this.ended = ended;
    }

    /**
     * One that this run has started.
     *
     * @param cleanup run once the process is gone
     */
    static HelperProcess started(Process process, Runnable cleanup) {
        return new HelperProcess(process.toHandle(), process.onExit().thenApply(over -> {
            cleanup.run();
            int exit = over.exitValue();
            return exit > SIGNALLED ? "killed by signal " + (exit - SIGNALLED) : "exit " + exit;
        }));
    }

    /**
     * One that an earlier run has started. It is nobody's child any more, so its exit value is not known.
     *
     * @param cleanup run once the process is gone
     */
    static HelperProcess survivor(ProcessHandle process, Runnable cleanup) {
        return new HelperProcess(process, process.onExit().thenApply(over -> {
            cleanup.run();
            return "ended, having outlived the service that started it";
        }));
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
