package org.sekisho.control.alarm;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Set;

/** The hours in which people work. Holidays are not known. Immutable, pure. */
record WorkingHours(Set<DayOfWeek> days, LocalTime from, LocalTime until, ZoneId zone) {
    /**
     * Copied.
     *
     * @throws IllegalArgumentException if nobody ever works
     */
    WorkingHours {
        days = Set.copyOf(days);
        if (days.isEmpty() || !from.isBefore(until)) {
            throw new IllegalArgumentException("working hours need a day, and an end after their beginning");
        }
    }

    /** The latest moment from which to {@code now} people have worked for so long. */
    Instant before(Instant now, Duration worked) {
        Duration left = worked;
        LocalDate day = LocalDate.ofInstant(now, zone);
        while (true) {
            if (days.contains(day.getDayOfWeek())) {
                Instant begin = ZonedDateTime.of(day, from, zone).toInstant();
                Instant end = earlier(ZonedDateTime.of(day, until, zone).toInstant(), now);
                if (end.isAfter(begin)) {
                    Duration here = Duration.between(begin, end);
                    if (here.compareTo(left) >= 0) {
                        return end.minus(left);
                    }
                    left = left.minus(here);
                }
            }
            day = day.minusDays(1);
        }
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
