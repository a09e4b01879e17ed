package org.sekisho.control.incident;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.store.Times;

/**
 * The clock of the personal-number guideline (別添2): a preliminary report (速報) within about 3 to 5 days from when a leak, or
 * that there may be one, became known; the full report (確報) within 30 days, or 60 where it was done for a wrongful purpose.
 *
 * @param knownAt when it became known
 * @param wrongful whether it was done for a wrongful purpose
 * @param people how many people's information; absent: not known yet
 * @param preliminaryWanted from here on the preliminary report is expected: the third day
 * @param preliminaryDue its last day
 * @param preliminaryAt when it was handed in
 * @param finalDue last day of the full report
 * @param finalAt when it was handed in
 * @param overdue a report that is due has not been handed in
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "ReportClock",
        requiredProperties = {"knownAt", "wrongful", "preliminaryWanted", "preliminaryDue", "finalDue", "overdue"})
public record ReportClock(
        Instant knownAt,
        boolean wrongful,
        @Nullable Integer people,
        Instant preliminaryWanted,
        Instant preliminaryDue,
        @Nullable Instant preliminaryAt,
        Instant finalDue,
        @Nullable Instant finalAt,
        boolean overdue) {
    /** 概ね3日. */
    static final Duration PRELIMINARY_WANTED = Duration.ofDays(3);
    /** 概ね5日. */
    static final Duration PRELIMINARY = Duration.ofDays(5);
    /** 30日. */
    static final Duration FULL = Duration.ofDays(30);
    /** 60日: 不正の目的. */
    static final Duration FULL_WRONGFUL = Duration.ofDays(60);

    private static final String PRELIMINARY_DUE = "i.leak_known_at + " + interval(PRELIMINARY);
    private static final String FINAL_DUE = "i.leak_known_at + CASE WHEN i.leak_wrongful THEN "
            + interval(FULL_WRONGFUL) + " ELSE " + interval(FULL) + " END";
    /** Whether the incident {@code i} has a preliminary report that should have been handed in by {@code :now}. */
    static final String PRELIMINARY_MISSING =
            "(i.leak_known_at IS NOT NULL AND i.preliminary_at IS NULL AND " + PRELIMINARY_DUE + " < :now)";
    /** The same of the full report. */
    static final String FINAL_MISSING =
            "(i.leak_known_at IS NOT NULL AND i.final_at IS NULL AND " + FINAL_DUE + " < :now)";

    /** Hours, because a day of SQL has as many as the time zone says. */
    private static String interval(Duration duration) {
        return "interval '" + duration.toHours() + " hours'";
    }

    /** With what follows from it at this time. */
    static ReportClock of(
            Instant knownAt,
            boolean wrongful,
            @Nullable Integer people,
            @Nullable Instant preliminaryAt,
            @Nullable Instant finalAt,
            Instant now) {
        Instant preliminaryDue = knownAt.plus(PRELIMINARY);
        Instant finalDue = knownAt.plus(wrongful ? FULL_WRONGFUL : FULL);
        return new ReportClock(
                knownAt,
                wrongful,
                people,
                knownAt.plus(PRELIMINARY_WANTED),
                preliminaryDue,
                preliminaryAt,
                finalDue,
                finalAt,
                (preliminaryAt == null && preliminaryDue.isBefore(now)) || (finalAt == null && finalDue.isBefore(now)));
    }

    /** Of a row of {@code incident}; null: no leak is suspected. */
    static @Nullable ReportClock of(ResultSet row, Instant now) throws SQLException {
        Instant known = Times.instantOrNull(row, "leak_known_at");
        if (known == null) {
            return null;
        }
        return of(
                known,
                row.getBoolean("leak_wrongful"),
                row.getObject("leak_people", Integer.class),
                Times.instantOrNull(row, "preliminary_at"),
                Times.instantOrNull(row, "final_at"),
                now);
    }
}
