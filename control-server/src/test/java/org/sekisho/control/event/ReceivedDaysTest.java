package org.sekisho.control.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class ReceivedDaysTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 27);

    @Test
    void olderDaysComeInGrowingPortionsWithoutAGap() {
        assertThat(ReceivedDays.before(DAY, DAY.minusDays(30)))
                .containsExactly(
                        new ReceivedDays(DAY.minusDays(4), DAY),
                        new ReceivedDays(DAY.minusDays(20), DAY.minusDays(4)),
                        new ReceivedDays(DAY.minusDays(30), DAY.minusDays(20)));
        assertThat(ReceivedDays.before(DAY, DAY)).isEmpty();
    }

    @Test
    void conditionsNameUtcMidnights() {
        assertThat(ReceivedDays.since(DAY).condition()).isEqualTo("received_at >= '2026-11-27 00:00:00+00'");
        assertThat(ReceivedDays.before(DAY).condition()).isEqualTo("received_at < '2026-11-27 00:00:00+00'");
        assertThat(new ReceivedDays(DAY, DAY.plusDays(1)).shapeCondition())
                .isEqualTo("s.day >= '2026-11-27' AND s.day < '2026-11-28'");
    }
}
