package org.sekisho.control.event;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Days of receipt (UTC), from one to before another.
 *
 * @param from null: from the first that there is
 * @param to null: without end, for clocks of other replicas may be ahead
 */
record ReceivedDays(@Nullable LocalDate from, @Nullable LocalDate to) {
    private static final int GROWTH = 4;

    /** From this day on. */
    static ReceivedDays since(LocalDate day) {
        return new ReceivedDays(day, null);
    }

    /** All days before this one. */
    static ReceivedDays before(LocalDate day) {
        return new ReceivedDays(null, day);
    }

    /**
     * The days before one in portions, newest first: four, and then each four times as long as the one before, so that what is
     * rare costs only a few questions.
     */
    static List<ReceivedDays> before(LocalDate end, LocalDate oldest) {
        List<ReceivedDays> portions = new ArrayList<>();
        LocalDate to = end;
        int days = GROWTH;
        while (to.isAfter(oldest)) {
            LocalDate from = to.minusDays(days).isBefore(oldest) ? oldest : to.minusDays(days);
            portions.add(new ReceivedDays(from, to));
            to = from;
            days *= GROWTH;
        }
        return portions;
    }

    /** As a condition of SQL; literals, so that the planner sees which partitions are meant. */
    String condition() {
        return condition("received_at", " 00:00:00+00");
    }

    /** The same days of {@code event_shape s}. */
    String shapeCondition() {
        return condition("s.day", "");
    }

    private String condition(String column, String midnight) {
        List<String> bounds = new ArrayList<>();
        if (from != null) {
            bounds.add(column + " >= '" + from + midnight + "'");
        }
        if (to != null) {
            bounds.add(column + " < '" + to + midnight + "'");
        }
        return bounds.isEmpty() ? "true" : String.join(" AND ", bounds);
    }
}
