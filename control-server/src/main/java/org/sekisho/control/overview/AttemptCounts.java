package org.sekisho.control.overview;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;
import org.sekisho.control.organisation.Reach;
import org.sekisho.control.overview.AttemptSeries.Line;
import org.sekisho.control.rest.WireNames;
import org.sekisho.control.store.Times;

/** Reads what {@link AttemptCounter} has counted, by whole days of the caller's. */
@Singleton
class AttemptCounts {
    private static final Duration DAY = Duration.ofDays(1);
    /** More than that no page shows at a glance. */
    private static final int DIVISIONS = 12;

    private final Jdbi jdbi;
    private final Clock clock;

    @Inject
    AttemptCounts(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /**
     * The last days, today included.
     *
     * @param offsetMinutes of the caller's time from UTC, so that days begin at their midnight
     */
    AttemptSeries series(Reach reach, int days, int offsetMinutes) {
        ZoneOffset offset = ZoneOffset.ofTotalSeconds(offsetMinutes * 60);
        Instant from = OffsetDateTime.of(
                        clock.instant().atOffset(offset).toLocalDate().minusDays(days - 1L), LocalTime.MIN, offset)
                .toInstant();
        List<Line> channels = lines(reach, from, days, "channel", row -> WireNames.channel(row.getInt("name")));
        List<Line> divisions = lines(reach, from, days, "org_unit", row -> row.getString("name")).stream()
                .sorted(Comparator.comparingLong(Line::totalStopped)
                        .thenComparingLong(Line::total)
                        .reversed())
                .toList();
        return new AttemptSeries(
                from,
                DAY.toSeconds(),
                days,
                channels,
                divisions.subList(0, Math.min(DIVISIONS, divisions.size())),
                Math.max(0, divisions.size() - DIVISIONS));
    }

    private List<Line> lines(Reach reach, Instant from, int days, String column, Name name) {
        Map<String, Sums> sums = new TreeMap<>();
        jdbi.useHandle(handle -> reach.bind(handle.createQuery("""
                                SELECT date_bin('1 day', hour, :from) AS day, %1$s AS name, sum(attempts) AS attempts,
                                       coalesce(sum(attempts) FILTER (WHERE verdict = 5), 0) AS stopped
                                FROM attempt_count WHERE hour >= :from AND hour < :to AND %2$s
                                GROUP BY 1, 2""".formatted(column, reach.condition("org_unit")))
                        .bind("from", Times.sql(from))
                        .bind("to", Times.sql(from.plus(DAY.multipliedBy(days)))))
                .map((row, context) -> sums.computeIfAbsent(name.of(row), any -> new Sums(days))
                        .add(from, row))
                .list());
        return sums.entrySet().stream()
                .map(entry -> entry.getValue().line(entry.getKey()))
                .toList();
    }

    /** What a row's series is called. */
    private interface Name {
        String of(ResultSet row) throws SQLException;
    }

    private static final class Sums {
        private final long[] attempts;
        private final long[] stopped;

        Sums(int days) {
            attempts = new long[days];
            stopped = new long[days];
        }

        Sums add(Instant from, ResultSet row) throws SQLException {
            int stretch = Math.toIntExact(
                    Duration.between(from, Times.instant(row, "day")).toDays());
            attempts[stretch] += row.getLong("attempts");
            stopped[stretch] += row.getLong("stopped");
            return this;
        }

        Line line(String name) {
            Function<long[], List<Long>> list =
                    figures -> Arrays.stream(figures).boxed().toList();
            return new Line(name, list.apply(attempts), list.apply(stopped));
        }
    }
}
