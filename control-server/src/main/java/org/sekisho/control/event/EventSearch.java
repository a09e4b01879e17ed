package org.sekisho.control.event;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.event.EventsResource.EventPage;
import org.sekisho.control.organisation.Reach;
import org.sekisho.control.rest.Cursor;
import org.sekisho.control.store.Times;

/**
 * Finds events. The order is that of arrival, newest first, so that a cursor stays where it is while new events come
 * in. Thread-safe.
 *
 * <p>A search walks through the days, newest first, in portions that grow ({@link ReceivedDays}); within each it first asks
 * which shapes can match ({@link Narrowing}), so that a rare text is found by an index and a frequent one by walking. Of a text
 * that the newest days have too seldom, all older places are asked for at once ({@link ShapePlaces}).
 */
@Singleton
public class EventSearch {
    private static final String COLUMNS = "id, received_at, branch, incident, body";
    private static final String SELECT = "SELECT " + COLUMNS + " FROM event";
    /** A person waits no longer. */
    private static final Duration TIME = Duration.ofSeconds(10);

    private final Jdbi jdbi;
    private final Clock clock;

    @Inject
    EventSearch(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    EventPage page(Reach reach, EventQuery query) {
        EventFilter filter = EventFilter.of(reach, query);
        Position after = query.after == null ? null : Position.read(query.after);
        return SearchLimit.withinOrProblem(TIME, jdbi, (handle, limit) -> {
            List<StoredEvent> found = new Walk(handle, limit, filter, after).newest(query.limit + 1);
            List<StoredEvent> shown = found.subList(0, Math.min(found.size(), query.limit));
            return new EventPage(
                    ChainReader.views(handle, shown),
                    found.size() > query.limit ? Position.of(shown.getLast()).cursor() : null);
        });
    }

    /** One event of a terminal; the one that came first where its chain broke and the number came again. */
    Optional<EventView> find(Reach reach, String terminal, long seq) {
        return jdbi.withHandle(handle -> stored(handle, reach, terminal, seq)
                .map(event -> ChainReader.views(handle, List.of(event)).getFirst()));
    }

    /** The same as it was recorded, for what reads more of it than its view has. */
    public Optional<StoredEvent> stored(Reach reach, String terminal, long seq) {
        return jdbi.withHandle(handle -> stored(handle, reach, terminal, seq));
    }

    private static Optional<StoredEvent> stored(Handle handle, Reach reach, String terminal, long seq) {
        return reach.bind(handle.createQuery(SELECT + " WHERE terminal = :terminal AND seq = :seq AND "
                                + reach.terminalCondition("terminal") + " ORDER BY branch LIMIT 1")
                        .bind("terminal", terminal)
                        .bind("seq", seq))
                .map((row, context) -> StoredEvent.of(row))
                .findOne();
    }

    /** An incident's newest events. */
    public List<EventView> ofIncident(long incident, int limit) {
        return jdbi.withHandle(handle -> {
            List<StoredEvent> events = handle.createQuery(
                            SELECT + " WHERE incident = :incident ORDER BY id DESC LIMIT :limit")
                    .bind("incident", incident)
                    .bind("limit", limit)
                    .map((row, context) -> StoredEvent.of(row))
                    .list();
            return ChainReader.views(handle, events);
        });
    }

    /** The terminals that come into question; null: all. */
    static @Nullable List<String> terminals(Handle handle, EventFilter filter) {
        return filter.namesTerminals()
                ? filter.bindTerminals(
                                handle.createQuery("SELECT id FROM terminal WHERE " + filter.terminalCondition()))
                        .mapTo(String.class)
                        .list()
                : null;
    }

    /** The oldest day that events are kept of; today if there is none. */
    static LocalDate oldestDay(Handle handle, LocalDate today) {
        // By the catalog's own index on names: the days' partitions are the only ones that go on with a digit.
        return handle.createQuery("""
                        SELECT relname FROM pg_class
                        WHERE relname >= 'event_0' AND relname < 'event_:' AND relkind = 'r' AND relispartition
                          AND relnamespace = (SELECT relnamespace FROM pg_class WHERE oid = 'event'::regclass)
                        ORDER BY relname LIMIT 1""")
                .mapTo(String.class)
                .findOne()
                .flatMap(DayTable::day)
                .filter(day -> day.isBefore(today))
                .orElse(today);
    }

    /** Where a page ended. */
    private record Position(Instant receivedAt, long id) {
        static Position of(StoredEvent event) {
            return new Position(event.receivedAt(), event.id());
        }

        static Position read(String cursor) {
            List<String> parts = Cursor.read(cursor, 2);
            // Cursors are ours, but anybody can make one: within what the store can hold.
            long micros = Math.clamp(Cursor.number(parts.get(0)), 0, 253_402_300_799_000_000L);
            return new Position(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), Cursor.number(parts.get(1)));
        }

        String cursor() {
            return Cursor.of(ChronoUnit.MICROS.between(Instant.EPOCH, receivedAt), id);
        }

        LocalDate day() {
            return LocalDate.ofInstant(receivedAt, ZoneOffset.UTC);
        }
    }

    /** One search through the days. */
    private final class Walk {
        private final Handle handle;
        private final SearchLimit limit;
        private final EventFilter filter;
        private final @Nullable Position after;

        Walk(Handle handle, SearchLimit limit, EventFilter filter, @Nullable Position after) {
            this.handle = handle;
            this.limit = limit;
            this.filter = filter;
            this.after = after;
        }

        List<StoredEvent> newest(int count) {
            List<String> terminals = terminals(handle, filter);
            List<StoredEvent> found = new ArrayList<>();
            if (terminals != null && terminals.isEmpty()) {
                return found;
            }
            LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
            LocalDate newest = after == null ? today : after.day();
            // The first portion is a day and what there is of another: in the morning, too, most people find enough in
            // it.
            LocalDate first = newest.minusDays(1);
            found.addAll(within(ReceivedDays.since(first), terminals, count));
            if (found.size() < count) {
                found.addAll(before(first, newest, terminals, count - found.size()));
            }
            return found;
        }

        private List<StoredEvent> before(
                LocalDate first, LocalDate newest, @Nullable List<String> terminals, int count) {
            if (filter.shape().isOfTexts()) {
                Optional<List<StoredEvent>> rare = handle.inTransaction(same -> rare(first, terminals, count));
                if (rare.isPresent()) {
                    return rare.get();
                }
            }
            List<StoredEvent> found = new ArrayList<>();
            for (ReceivedDays days : ReceivedDays.before(first, oldestDay(handle, newest))) {
                found.addAll(within(days, terminals, count - found.size()));
                if (found.size() == count) {
                    break;
                }
            }
            return found;
        }

        /**
         * A text that is not found at once is a rare one as a rule: then all the places where it is are known at once.
         *
         * @return empty if it is not rare
         */
        private Optional<List<StoredEvent>> rare(LocalDate first, @Nullable List<String> terminals, int count) {
            // So that no day is dropped between the questions; and in the order in which dropping takes the tables.
            handle.execute("LOCK TABLE ONLY event IN ACCESS SHARE MODE");
            limit.goOn(handle);
            Optional<ShapePlaces> few = ShapePlaces.few(handle, filter.shape(), ReceivedDays.before(first));
            return few.map(places -> {
                List<StoredEvent> found = new ArrayList<>();
                for (ShapePlaces portion : places.portions()) {
                    found.addAll(select(portion.events(), List.of(), Narrowing.NONE, terminals, count - found.size()));
                    if (found.size() == count) {
                        break;
                    }
                }
                return found;
            });
        }

        private List<StoredEvent> within(ReceivedDays days, @Nullable List<String> terminals, int count) {
            limit.goOn(handle);
            Narrowing narrowing = Narrowing.of(handle, filter.shape(), days);
            if (narrowing.isNothing()) {
                return List.of();
            }
            List<String> where = new ArrayList<>(List.of(days.condition()));
            if (!narrowing.condition().isEmpty()) {
                where.add(narrowing.condition());
            }
            return select("event", where, narrowing, terminals, count);
        }

        /** @param from what follows {@code FROM} */
        private List<StoredEvent> select(
                String from, List<String> also, Narrowing narrowing, @Nullable List<String> terminals, int count) {
            List<String> where = new ArrayList<>(filter.conditions());
            where.addAll(also);
            if (terminals != null) {
                where.add("terminal = ANY (:terminals)");
            }
            if (after != null) {
                where.add("(received_at, id) < (:afterAt, :afterId)");
            }
            limit.goOn(handle);
            Query select = handle.createQuery("SELECT " + COLUMNS + " FROM " + from
                            + (where.isEmpty() ? "" : " WHERE " + String.join(" AND ", where))
                            + " ORDER BY received_at DESC, id DESC LIMIT :limit")
                    .bind("limit", count);
            narrowing.bind(filter.bind(select), filter.shape());
            if (terminals != null) {
                select.bindArray("terminals", String.class, terminals.toArray());
            }
            if (after != null) {
                select.bind("afterAt", Times.sql(after.receivedAt())).bind("afterId", after.id());
            }
            return select.map((row, context) -> StoredEvent.of(row)).list();
        }
    }

    /** The events at these places, newest first; what has been deleted by age is not among them. */
    public List<EventView> at(List<Place> places) {
        if (places.isEmpty()) {
            return List.of();
        }
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT e.id, e.received_at, e.branch, e.incident, e.body FROM unnest(:ats, :ids) AS p (at, place)
                        JOIN event e ON e.received_at = p.at AND e.id = p.place ORDER BY e.id DESC""")
                .bindArray("ats", OffsetDateTime.class, (Object[]) places.stream()
                        .map(place -> Times.sql(place.receivedAt()))
                        .toArray(OffsetDateTime[]::new))
                .bindArray("ids", Long.class, (Object[])
                        places.stream().map(Place::id).toArray(Long[]::new))
                .map((row, context) -> EventViews.of(StoredEvent.of(row)))
                .list());
    }

    /** Where an event stands in the order of arrival. */
    public record Place(Instant receivedAt, long id) {}
}
