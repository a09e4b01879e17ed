package org.sekisho.control.alarm;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.sekisho.control.rest.ProblemException;

/**
 * When something is an alarm.
 *
 * @param silentMinutes nothing heard of a terminal for so long
 * @param workingHoursOnly only minutes within working hours count, so that a terminal that is switched off at night is not
 *     silent in the morning
 * @param workingDays of the week, 1 is Monday
 * @param workingFrom such as {@code 08:30}
 * @param workingUntil later on the same day
 * @param zone an IANA time zone, such as {@code Asia/Tokyo}
 * @param clockSeconds a clock that differs by more from the server's is wrong
 * @param version to be sent back with a change; 0: as shipped
 */
@Schema(
        name = "AlarmSettings",
        requiredProperties = {
            "silentMinutes",
            "workingHoursOnly",
            "workingDays",
            "workingFrom",
            "workingUntil",
            "zone",
            "clockSeconds",
            "version"
        })
public record AlarmSettings(
        @Min(1) @Max(20_160) int silentMinutes,
        boolean workingHoursOnly,

        @NotNull @Size(min = 1, max = 7) List<@NotNull @Min(1) @Max(7) Integer> workingDays,

        @NotNull LocalTime workingFrom,
        @NotNull LocalTime workingUntil,
        @NotNull @Size(max = 64) String zone,
        @Min(1) @Max(86_400) int clockSeconds,
        @Min(0) long version) {
    /** A working day of a Japanese city hall: a terminal that nobody switched on all day is worth a question. */
    private static final int DAY = 480;
    /** Time servers keep clocks within a second; two minutes is no jitter of the network. */
    private static final int CLOCK = 120;

    static AlarmSettings shipped() {
        return new AlarmSettings(
                DAY, true, List.of(1, 2, 3, 4, 5), LocalTime.of(8, 30), LocalTime.of(17, 15), "Asia/Tokyo", CLOCK, 0);
    }

    /** Of what was last heard before then nothing has been heard for too long. */
    Instant silentBefore(Instant now) {
        Duration patience = Duration.ofMinutes(silentMinutes);
        return workingHoursOnly ? hours().before(now, patience) : now.minus(patience);
    }

    private WorkingHours hours() {
        Set<DayOfWeek> days = workingDays.stream().map(DayOfWeek::of).collect(Collectors.toSet());
        return new WorkingHours(days, workingFrom, workingUntil, ZoneId.of(zone));
    }

    /**
     * Refuses what can't be.
     *
     * @throws ProblemException 400
     */
    void check() {
        try {
            hours();
        } catch (DateTimeException e) {
            throw ProblemException.badRequest("There is no time zone named so");
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest("Working hours must end after they begin");
        }
    }
}
