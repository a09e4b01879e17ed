package org.sekisho.agent.journal;

import java.time.Duration;
import java.util.Objects;

/**
 * How much the journal may take, and how it counts.
 *
 * @param bytes room on disk for everything that the journal writes in normal operation: store, write-ahead log and head
 * @param reservedBytes part of {@code bytes} that only {@link Importance#MUST_KEEP} events may use; allocated at creation,
 *     so that it is there when the disk is full. Rounded up to blocks of 64 KiB
 * @param logBytes part of {@code bytes} for SQLite's write-ahead log, allocated at creation
 * @param historyEvents how many acknowledged events are kept for a server that was restored from a backup; fewer when room
 *     is short
 * @param repeatWindow attempts that were let through and are alike count as one event within this time, and so does one
 *     device's being plugged in and stopped within two seconds at most; zero: never
 * @param checkpointEvents a signed checkpoint after this many events
 * @param checkpointInterval and after this time, if there was any event
 */
public record JournalLimits(
        long bytes,
        long reservedBytes,
        long logBytes,
        int historyEvents,
        Duration repeatWindow,
        int checkpointEvents,
        Duration checkpointInterval) {
    /** A batch of the largest kind, the growth of the store and a second batch fit between two checkpoints of the log. */
    static final long MIN_LOG_BYTES = 2L << 20;

    /**
     * 64 MiB hold some 60,000 clipboard events, months of one desk's work; the reserve of 8 MiB some 7,000 blocked attempts,
     * one every four seconds of a working day. Half a minute is what a person calls "again and again".
     */
    public static final JournalLimits STANDARD = new JournalLimits(
            64L << 20, 8L << 20, 4L << 20, 5_000, Duration.ofSeconds(30), 1_000, Duration.ofMinutes(10));

    /** @throws IllegalArgumentException if the parts don't fit the whole, or a number is out of its range */
    public JournalLimits {
        Objects.requireNonNull(repeatWindow, "repeatWindow is null");
        Objects.requireNonNull(checkpointInterval, "checkpointInterval is null");
        require(logBytes >= MIN_LOG_BYTES, "logBytes must be at least 2 MiB");
        require(reservedBytes >= StoreSpace.BLOCK_BYTES, "reservedBytes must be at least 64 KiB");
        require(
                bytes >= logBytes + reservedBytes + (512L << 10),
                "bytes must leave at least 512 KiB besides logBytes and reservedBytes");
        require(bytes <= 16L << 30, "bytes must be at most 16 GiB");
        require(historyEvents >= 0, "historyEvents must not be negative");
        require(!repeatWindow.isNegative(), "repeatWindow must not be negative");
        require(checkpointEvents >= 1, "checkpointEvents must be at least 1");
        require(checkpointInterval.toMillis() >= 1, "checkpointInterval must be at least a millisecond");
    }

    /** Room for the store's file alone. */
    long storeBytes() {
        return bytes - logBytes - HeadFile.BYTES;
    }

    private static void require(boolean condition, String rule) {
        if (!condition) {
            throw new IllegalArgumentException("journal limits: " + rule);
        }
    }
}
