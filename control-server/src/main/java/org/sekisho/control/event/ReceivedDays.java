package org.sekisho.control.event;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Days of receipt (UTC), from one to before another.
 *
 * @param to null: without end, for clocks of other replicas may be ahead
 */
record ReceivedDays(LocalDate from, @Nullable LocalDate to) {
    private static final int GROWTH = 4;

    /** From this day on. */
    static ReceivedDays since(LocalDate day) {
        return new ReceivedDays(day, null);
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
        String start = "received_at >= '" + from + " 00:00:00+00'";
        return to == null ? start : start + " AND received_at < '" + to + " 00:00:00+00'";
    }

    /** The same days of {@code event_shape s}. */
    String shapeCondition() {
        String start = "s.day >= '" + from + "'";
        return to == null ? start : start + " AND s.day < '" + to + "'";
    }
}
