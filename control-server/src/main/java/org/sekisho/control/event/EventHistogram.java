package org.sekisho.control.event;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How many events a search finds, over time.
 *
 * @param from by the terminals' clocks
 * @param to the end, exclusive
 * @param seconds how long each item is
 * @param exact false: estimated from a sample, because counting all would have taken too long
 * @param total in all items together
 * @param stopped how many of them were blocked
 * @param items in order; where nothing happened there is none
 */
@Schema(
        name = "EventHistogram",
        requiredProperties = {"from", "to", "seconds", "exact", "total", "stopped", "items"})
record EventHistogram(
        Instant from, Instant to, long seconds, boolean exact, long total, long stopped, List<Bar> items) {
    /** One stretch of time. */
    @Schema(
            name = "EventHistogramBar",
            requiredProperties = {"at", "count", "stopped"})
    record Bar(Instant at, long count, long stopped) {}

    EventHistogram {
        items = List.copyOf(items);
    }

    static EventHistogram of(Instant from, Instant to, long seconds, boolean exact, List<Bar> items) {
        return new EventHistogram(
                from,
                to,
                seconds,
                exact,
                items.stream().mapToLong(Bar::count).sum(),
                items.stream().mapToLong(Bar::stopped).sum(),
                items);
    }
}
