package org.sekisho.control.incident;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.sekisho.control.event.EventSearch;
import org.sekisho.control.event.EventView;
import org.sekisho.control.incident.IncidentView.LinkView;
import org.sekisho.control.incident.IncidentView.NoteView;
import org.sekisho.control.incident.IncidentsResource.IncidentCounts;
import org.sekisho.control.incident.IncidentsResource.IncidentPage;
import org.sekisho.control.organisation.Reach;
import org.sekisho.control.rest.Cursor;
import org.sekisho.control.store.Times;

/** Reads incidents for operators. */
@Singleton
public class IncidentSearch {
    /** Events that are shown with an incident. */
    private static final int EVENTS = 100;

    private final Jdbi jdbi;
    private final EventSearch events;
    private final Clock clock;

    @Inject
    IncidentSearch(Jdbi jdbi, EventSearch events, Clock clock) {
        this.jdbi = jdbi;
        this.events = events;
        this.clock = clock;
    }

    /** One, with all that is known of it, if it is within reach. */
    public Optional<IncidentView> find(Reach reach, long id) {
        List<EventView> newest = events.ofIncident(id, EVENTS);
        Instant now = clock.instant();
        return jdbi.withHandle(handle -> {
            List<NoteView> notes = notes(handle, List.of(id)).getOrDefault(id, List.of());
            List<LinkView> links = links(handle, reach, id);
            return reach.bind(handle.createQuery(
                                    IncidentRows.SELECT + " WHERE i.id = :id AND " + reach.condition("t.org_unit"))
                            .bind("id", id))
                    .map((row, context) -> IncidentRows.view(row, now, notes, links, newest))
                    .findOne();
        });
    }

    /** For the live stream: without events. */
    List<IncidentView> all(Collection<Long> ids) {
        Instant now = clock.instant();
        return jdbi.withHandle(handle -> {
            Map<Long, List<NoteView>> notes = notes(handle, ids);
            return handle.createQuery(IncidentRows.SELECT + " WHERE i.id = ANY (:ids) ORDER BY i.id")
                    .bindArray("ids", Long.class, ids.toArray())
                    .map((row, context) ->
                            IncidentRows.view(row, now, notes.getOrDefault(row.getLong("id"), List.of()), null, null))
                    .list();
        });
    }

    IncidentPage page(Reach reach, String asking, IncidentFilter filter) {
        List<String> conditions = new ArrayList<>(List.of(reach.condition("t.org_unit")));
        Map<String, Object> values = new LinkedHashMap<>();
        filter.describe(asking, conditions, values);
        if (filter.overdue) {
            values.put("now", Times.sql(clock.instant()));
        }
        List<Long> ids = jdbi.withHandle(handle -> {
            Query query = handle.createQuery(
                            "SELECT i.id FROM incident i LEFT JOIN terminal t ON t.id = i.terminal WHERE "
                                    + String.join(" AND ", conditions) + " ORDER BY i.id DESC LIMIT :limit")
                    .bind("limit", filter.limit + 1);
            values.forEach(query::bind);
            return reach.bind(query).mapTo(Long.class).list();
        });
        boolean more = ids.size() > filter.limit;
        List<IncidentView> items =
                all(more ? ids.subList(0, filter.limit) : ids).reversed();
        return new IncidentPage(items, more ? Cursor.of(items.getLast().id()) : null);
    }

    /** The open one that has waited longest, without notes and events. */
    public Optional<IncidentView> oldestOpen(Reach reach) {
        Instant now = clock.instant();
        return jdbi.withHandle(handle -> reach.bind(handle.createQuery(IncidentRows.SELECT
                        + " WHERE i.state <> 'CLOSED' AND " + reach.condition("t.org_unit")
                        + " ORDER BY i.opened_at, i.id LIMIT 1"))
                .map((row, context) -> IncidentRows.view(row, now, List.of(), null, null))
                .findOne());
    }

    /** What waits, in numbers. */
    public IncidentCounts counts(Reach reach, String asking) {
        return jdbi.withHandle(handle -> reach.bind(
                        handle.createQuery("""
                                SELECT count(*) FILTER (WHERE i.state = 'NEW') AS fresh,
                                       count(*) FILTER (WHERE i.owner = :asking AND i.state <> 'CLOSED') AS mine,
                                       count(*) FILTER (WHERE %s) AS overdue,
                                       count(*) FILTER (WHERE i.state <> 'CLOSED') AS open
                                FROM incident i LEFT JOIN terminal t ON t.id = i.terminal
                                WHERE (i.state <> 'CLOSED' OR i.leak_known_at IS NOT NULL) AND %s""".formatted(IncidentRows.OVERDUE, reach.condition("t.org_unit")))
                                .bind("asking", asking)
                                .bind("now", Times.sql(clock.instant())))
                .map((row, context) -> new IncidentCounts(
                        row.getLong("fresh"), row.getLong("mine"), row.getLong("overdue"), row.getLong("open")))
                .one());
    }

    private static List<LinkView> links(Handle handle, Reach reach, long id) {
        return reach.bind(handle.createQuery(IncidentRows.SELECT
                                + " JOIN incident_link l ON (l.one = :id AND l.other = i.id) OR (l.other = :id AND l.one = i.id)"
                                + " WHERE " + reach.condition("t.org_unit") + " ORDER BY i.id")
                        .bind("id", id))
                .map((row, context) -> IncidentRows.link(row))
                .list();
    }

    private static Map<Long, List<NoteView>> notes(Handle handle, Collection<Long> ids) {
        return handle.createQuery("SELECT * FROM incident_note WHERE incident = ANY (:ids) ORDER BY id")
                .bindArray("ids", Long.class, ids.toArray())
                .map((row, context) -> Map.entry(
                        row.getLong("incident"),
                        new NoteView(Times.instant(row, "at"), row.getString("by"), row.getString("text"))))
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }
}
