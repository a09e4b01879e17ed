package org.sekisho.control.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ShapePlacesTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 27);

    @Test
    void whatIsRareIsReadAtOnceFromTheTablesOfItsDays() {
        ShapePlaces places = new ShapePlaces(List.of(day(0, 1), day(3, 2)));

        assertThat(places.portions()).containsExactly(places);
        assertThat(places.events())
                .contains(
                        "FROM event_20261127 WHERE shape = ANY ('{0}')",
                        "FROM event_20261124 WHERE shape = ANY ('{0,1}')")
                .containsOnlyOnce("UNION ALL");
        assertThat(places.shapes()).containsExactly(0L, 1L);
    }

    @Test
    void whatIsLessRareIsReadInGrowingPortionsOfWholeDays() {
        // The newest day alone has more than a portion may.
        List<Map.Entry<LocalDate, List<Long>>> days = IntStream.range(0, 41)
                .mapToObj(ago -> day(ago, ago == 0 ? 900 : 10))
                .toList();

        List<ShapePlaces> portions = new ShapePlaces(days).portions();

        assertThat(portions).extracting(portion -> portion.byDay().size()).containsExactly(1, 25, 15);
        assertThat(portions.stream().flatMap(portion -> portion.byDay().stream()))
                .containsExactlyElementsOf(days);
    }

    @Test
    void whatIsNowhereHasNoPortions() {
        assertThat(new ShapePlaces(List.of()).portions()).isEmpty();
    }

    private static Map.Entry<LocalDate, List<Long>> day(int ago, int shapes) {
        return Map.entry(DAY.minusDays(ago), LongStream.range(0, shapes).boxed().toList());
    }
}
