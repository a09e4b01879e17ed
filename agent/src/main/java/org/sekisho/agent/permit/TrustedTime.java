package org.sekisho.agent.permit;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.LongSupplier;

/**
 * The time by which permits begin and end: the control server's, carried on by the clock that counts since the machine was
 * started, sleep included, and that nobody can set. Until a server has been met in this run, it goes on from what was kept on
 * the disk, or from the wall clock if that is ahead; turning the wall clock back therefore never makes it earlier. Thread-safe.
 *
 * <p>What it can't know: how long a machine was switched off while it is offline, if somebody then turned its clock back.
 */
public final class TrustedTime {
    private final TimeFile file;
    private final LongSupplier elapsedNanos;
    private final InstantSource wall;
    private boolean met;
    private long baseMicros;
    private long baseNanos;

    /**
     * Goes on from what was kept.
     *
     * @param elapsedNanos since any fixed point, sleep included; never goes back
     */
    public TrustedTime(TimeFile file, LongSupplier elapsedNanos, InstantSource wall) throws IOException {
        this.file = requireNonNull(file, "file is null");
        this.elapsedNanos = requireNonNull(elapsedNanos, "elapsedNanos is null");
        this.wall = requireNonNull(wall, "wall is null");
        this.baseMicros = Math.max(file.read(), micros(wall.instant()));
        this.baseNanos = elapsedNanos.getAsLong();
    }

    /** Now. Never earlier than before, unless the server says so. */
    public synchronized Instant now() {
        return Instant.EPOCH.plus(nowMicros(), ChronoUnit.MICROS);
    }

    synchronized long nowMicros() {
        long nanos = elapsedNanos.getAsLong();
        long now = baseMicros + (nanos - baseNanos) / 1_000;
        if (!met) {
            long shown = micros(wall.instant());
            if (shown > now) {
                baseMicros = shown;
                baseNanos = nanos;
                return shown;
            }
        }
        return now;
    }

    /** The server has said what time it is. From now on the wall clock counts for nothing. */
    synchronized void met(long serverMicros) {
        met = true;
        baseMicros = serverMicros;
        baseNanos = elapsedNanos.getAsLong();
    }

    /** Keeps the time for the next start. Durable on return. */
    synchronized void keep() throws IOException {
        file.write(nowMicros());
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }
}
