package org.sekisho.packaging.rig;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One of the product's programs as a process that can be started, killed and started again. Not thread-safe. */
final class ProductProcess {
    private static final long LOOK_MILLIS = 50;

    private final String what;
    private final Path log;
    private @Nullable Process process;

    /**
     * @param what it is, for messages
     * @param log what it prints; emptied at each start
     */
    ProductProcess(String what, Path log) {
        this.what = what;
        this.log = log;
    }

    /** Starts it and waits until it has printed {@code ready}. */
    void start(List<String> command, Map<String, String> environment, String ready, Duration within)
            throws IOException, InterruptedException {
        Files.deleteIfExists(log);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        Process started = builder.start();
        process = started;
        Instant deadline = Instant.now().plus(within);
        while (!Files.readString(log).contains(ready)) {
            if (started.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new IOException(what + " ended with " + started.exitValue() + ":\n" + Files.readString(log));
            }
            if (Instant.now().isAfter(deadline)) {
                throw new IOException(what + " was not ready within " + within + ":\n" + Files.readString(log));
            }
        }
    }

    Path log() {
        return log;
    }

    ProcessHandle handle() {
        return running().toHandle();
    }

    private Process running() {
        return requireNonNull(process, () -> what + " was never started");
    }

    /** SIGKILL, to it alone; waits for the end. */
    void kill() throws InterruptedException {
        running().destroyForcibly().waitFor();
    }

    /** SIGTERM, and SIGKILL if it has not ended in time; waits for the end. Nothing if it was never started. */
    void stop(Duration within) {
        if (process != null) {
            stop(process, within);
        }
    }

    /** As {@link #stop(Duration)}, of any process. */
    static void stop(Process process, Duration within) {
        process.destroy();
        try {
            if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
