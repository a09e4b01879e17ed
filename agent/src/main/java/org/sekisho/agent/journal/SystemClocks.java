package org.sekisho.agent.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code System.nanoTime()} is CLOCK_MONOTONIC on Linux, which stands still in suspend; {@code /proc/uptime} (proc(5)) counts
 * on. On Windows it is QueryPerformanceCounter, which counts on by itself.
 */
final class SystemClocks implements Clocks {
    private static final Logger LOG = LoggerFactory.getLogger(SystemClocks.class);
    private static final Path UPTIME = Path.of("/proc/uptime");

    @Override
    public long wallMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    @Override
    public long monotonicNanos() {
        return System.nanoTime();
    }

    @Override
    public long elapsedNanos() {
        if (Files.exists(UPTIME)) {
            try {
                String text = Files.readString(UPTIME);
                return Math.round(Double.parseDouble(text.substring(0, text.indexOf(' '))) * 1e9);
            } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
                LOG.warn("cannot read {}; time asleep will look like a clock jump", UPTIME, e);
            }
        }
        return System.nanoTime();
    }
}
