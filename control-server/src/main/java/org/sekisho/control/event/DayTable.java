package org.sekisho.control.event;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Names of the partitions that hold a day's events. */
public final class DayTable {
    private static final String PREFIX = "event_";

    private DayTable() {}

    /** The partition of a day. */
    public static String of(LocalDate day) {
        return PREFIX + DateTimeFormatter.BASIC_ISO_DATE.format(day);
    }

    /** The day of a partition; empty if somebody attached one of their own by another name. */
    public static Optional<LocalDate> day(String table) {
        try {
            return table.startsWith(PREFIX)
                    ? Optional.of(LocalDate.parse(table.substring(PREFIX.length()), DateTimeFormatter.BASIC_ISO_DATE))
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
