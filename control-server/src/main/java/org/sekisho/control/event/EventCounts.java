package org.sekisho.control.event;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.event.EventHistogram.Bar;
import org.sekisho.control.event.SearchLimit.TooLongException;
import org.sekisho.control.organisation.Reach;
import org.sekisho.control.rest.ProblemException;
import org.sekisho.control.store.Times;

/**
 * Counts what a search finds, over time: all of it if that is quickly done, else by a sample of the table's blocks. What is
 * rare is always counted, because an index finds it. Thread-safe.
 */
@Singleton
class EventCounts {
    /** Of what is counted if nothing is said: what fits a week's work. */
    private static final Duration RANGE = Duration.ofDays(7);
    /** A page is not held up longer by its picture. */
    private static final Duration EXACT = Duration.ofSeconds(1);

    private static final Duration SAMPLED = Duration.ofSeconds(10);
    /** Events looked at for an estimate: a bar of one in sixty is then right to within a few percent. */
    private static final double SAMPLE = 200_000;
    /** Lengths that people think in, in seconds; a minute to 30 days. */
    private static final long[] LENGTHS = {
        60, 300, 900, 1_800, 3_600, 10_800, 21_600, 43_200, 86_400, 604_800, 2_592_000
    };

    private static final long MAX_ITEMS = 1_000;

    private final Jdbi jdbi;
    private final Clock clock;

    @Inject
    EventCounts(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /**
     * Counts.
     *
     * @param items at most about so many
     * @param offsetMinutes of the caller's time from UTC, so that days begin at their midnight
     */
    EventHistogram histogram(Reach reach, EventQuery query, int items, int offsetMinutes) {
        Range range = range(query, items, offsetMinutes);
        EventQuery within = query.within(range.from, range.to);
        EventFilter filter = EventFilter.of(reach, within);
        try {
            List<Bar> bars = SearchLimit.within(
                    EXACT, jdbi, (handle, limit) -> new Count(handle, limit, filter, range).bars(null));
            return EventHistogram.of(range.from, range.to, range.seconds, true, bars);
        } catch (TooLongException e) {
            List<Bar> bars = SearchLimit.withinOrProblem(
                    SAMPLED, jdbi, (handle, limit) -> new Count(handle, limit, filter, range).bars(percent(handle)));
            return EventHistogram.of(range.from, range.to, range.seconds, false, bars);
        }
    }

    /** Which part of the table's blocks is a sample of the wanted size, by the database's own estimate of its rows. */
    private static double percent(Handle handle) {
        double rows = handle.createQuery("""
                        SELECT coalesce(sum(greatest(c.reltuples, 0)), 0) FROM pg_inherits i
                        JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'event'::regclass""").mapTo(Double.class).one();
        return rows <= SAMPLE ? 100 : 100 * SAMPLE / rows;
    }

    private Range range(EventQuery query, int items, int offsetMinutes) {
        Instant to = query.to == null ? clock.instant().plusSeconds(1) : EventFilter.time("to", query.to);
        Instant from = query.from == null ? to.minus(RANGE) : EventFilter.time("from", query.from);
        long seconds = ChronoUnit.SECONDS.between(from, to);
        if (seconds <= 0) {
            throw ProblemException.badRequest("`from` must be before `to`");
        }
        long length = LENGTHS[LENGTHS.length - 1];
        for (int i = LENGTHS.length - 1; i >= 0 && seconds / LENGTHS[i] <= items; i--) {
            length = LENGTHS[i];
        }
        if (seconds / length > MAX_ITEMS) {
            throw ProblemException.badRequest("The time between `from` and `to` is too long to be counted");
        }
        return new Range(from, to, length, Instant.EPOCH.minus(offsetMinutes, ChronoUnit.MINUTES));
    }

    /** Times that are counted, in stretches that begin at whole multiples of their length from the origin. */
    private record Range(Instant from, Instant to, long seconds, Instant origin) {}

    private final class Count {
        private final Handle handle;
        private final SearchLimit limit;
        private final EventFilter filter;
        private final Range range;

        Count(Handle handle, SearchLimit limit, EventFilter filter, Range range) {
            this.handle = handle;
            this.limit = limit;
            this.filter = filter;
            this.range = range;
        }

        List<Bar> bars(@Nullable Double percent) {
            List<String> terminals = EventSearch.terminals(handle, filter);
            if (terminals != null && terminals.isEmpty()) {
                return List.of();
            }
            LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
            ReceivedDays all = ReceivedDays.since(EventSearch.oldestDay(handle, today));
            limit.goOn(handle);
            Narrowing narrowing = Narrowing.of(handle, filter.shape(), all);
            if (narrowing.isNothing()) {
                return List.of();
            }
            List<String> where = new ArrayList<>(filter.conditions());
            if (!narrowing.condition().isEmpty()) {
                where.add(narrowing.condition());
            }
            if (terminals != null) {
                where.add("terminal = ANY (:terminals)");
            }
            limit.goOn(handle);
            Query count = handle.createQuery(
                            "SELECT date_bin(make_interval(secs => :seconds), occurred_at, :origin) AS at,"
                                    + " count(*) AS events, count(*) FILTER (WHERE verdict = 5) AS stopped FROM event"
                                    + (percent == null ? "" : " TABLESAMPLE SYSTEM (" + percent + ")")
                                    + " WHERE " + String.join(" AND ", where) + " GROUP BY 1 ORDER BY 1")
                    .bind("seconds", (double) range.seconds)
                    .bind("origin", Times.sql(range.origin));
            narrowing.bind(filter.bind(count), filter.shape());
            if (terminals != null) {
                count.bindArray("terminals", String.class, terminals.toArray());
            }
            double scale = percent == null ? 1 : 100 / percent;
            return count.map((row, context) -> new Bar(
                            Times.instant(row, "at"),
                            Math.round(row.getLong("events") * scale),
                            Math.round(row.getLong("stopped") * scale)))
                    .list();
        }
    }
}
