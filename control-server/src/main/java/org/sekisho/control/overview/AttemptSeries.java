package org.sekisho.control.overview;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Attempts over time. Each series has one figure for each stretch.
 *
 * @param from when the first stretch begins
 * @param seconds how long each stretch is
 * @param stretches how many there are; the last one is now's
 * @param channels by channel; those without any attempt are left out
 * @param divisions by division, those with most stopped attempts first; the name is its path, empty for no division
 * @param otherDivisions how many more divisions had attempts
 */
@Schema(
        name = "AttemptSeries",
        requiredProperties = {"from", "seconds", "stretches", "channels", "divisions", "otherDivisions"})
public record AttemptSeries(
        Instant from, long seconds, int stretches, List<Line> channels, List<Line> divisions, int otherDivisions) {
    /** Copied. */
    public AttemptSeries {
        channels = List.copyOf(channels);
        divisions = List.copyOf(divisions);
    }

    /**
     * One of them.
     *
     * @param attempts all, in the stretches' order
     * @param stopped of them, those that were blocked
     */
    @Schema(
            name = "AttemptLine",
            requiredProperties = {"name", "attempts", "stopped"})
    public record Line(String name, List<Long> attempts, List<Long> stopped) {
        /** Copied. */
        public Line {
            attempts = List.copyOf(attempts);
            stopped = List.copyOf(stopped);
        }

        long total() {
            return attempts.stream().mapToLong(Long::longValue).sum();
        }

        long totalStopped() {
            return stopped.stream().mapToLong(Long::longValue).sum();
        }
    }
}
