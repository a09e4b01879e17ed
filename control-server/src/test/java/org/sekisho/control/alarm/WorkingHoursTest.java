package org.sekisho.control.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkingHoursTest {
    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
    private static final WorkingHours OFFICE = new WorkingHours(
            EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), LocalTime.of(8, 30), LocalTime.of(17, 15), TOKYO);

    /** 2026-11-23 is a Monday. */
    private static Instant at(String time) {
        return ZonedDateTime.parse(time + ":00+09:00").toInstant();
    }

    @ParameterizedTest
    @CsvSource({
        // Within a day; over a night; over a weekend; before work has begun; late at night.
        "2026-11-24T12:00, PT1H, 2026-11-24T11:00",
        "2026-11-24T09:00, PT1H, 2026-11-23T16:45",
        "2026-11-23T09:00, PT1H, 2026-11-20T16:45",
        "2026-11-23T07:00, PT1H, 2026-11-20T16:15",
        "2026-11-23T23:00, PT1H, 2026-11-23T16:15",
        "2026-11-22T12:00, PT8H45M, 2026-11-20T08:30",
        "2026-11-27T17:15, PT26H15M, 2026-11-25T08:30",
    })
    void goesBackByWhatWasWorked(String now, Duration worked, String expected) {
        assertThat(OFFICE.before(at(now), worked)).isEqualTo(at(expected));
    }

    @Test
    void hasADayAndAnEnd() {
        assertThatThrownBy(() -> new WorkingHours(Set.of(), LocalTime.of(8, 0), LocalTime.of(9, 0), TOKYO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () -> new WorkingHours(Set.of(DayOfWeek.MONDAY), LocalTime.of(9, 0), LocalTime.of(9, 0), TOKYO))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
