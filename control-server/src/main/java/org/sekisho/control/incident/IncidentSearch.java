package org.sekisho.control.incident;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.event.EventSearch;
import org.sekisho.control.event.EventView;
import org.sekisho.control.incident.IncidentView.NoteView;
import org.sekisho.control.incident.IncidentView.State;
import org.sekisho.control.incident.IncidentsResource.IncidentPage;
import org.sekisho.control.organisation.Reach;
import org.sekisho.control.rest.Cursor;
import org.sekisho.control.rest.LocalText;
import org.sekisho.control.rest.WireNames;
import org.sekisho.control.store.Times;

/** Reads incidents for operators. */
@Singleton
class IncidentSearch {
    /** Events that are shown with an incident. */
    private static final int EVENTS = 100;

    private static final String TEXTS = "org.sekisho.control.incident.texts";
    private static final String SELECT = "SELECT i.*, t.host FROM incident i LEFT JOIN terminal t ON t.id = i.terminal";

    private final Jdbi jdbi;
    private final EventSearch events;

    @Inject
    IncidentSearch(Jdbi jdbi, EventSearch events) {
        this.jdbi = jdbi;
        this.events = events;
    }

    Optional<IncidentView> find(Reach reach, long id) {
        List<EventView> newest = events.ofIncident(id, EVENTS);
        return jdbi.withHandle(handle -> {
            List<NoteView> notes = notes(handle, List.of(id)).getOrDefault(id, List.of());
            return reach.bind(handle.createQuery(SELECT + " WHERE i.id = :id AND " + reach.condition("t.org_unit"))
                            .bind("id", id))
                    .map((row, context) -> view(row, notes, newest))
                    .findOne();
        });
    }

    /** For the live stream: without events. */
    List<IncidentView> all(Collection<Long> ids) {
        return jdbi.withHandle(handle -> {
            Map<Long, List<NoteView>> notes = notes(handle, ids);
            return handle.createQuery(SELECT + " WHERE i.id = ANY (:ids) ORDER BY i.id")
                    .bindArray("ids", Long.class, ids.toArray())
                    .map((row, context) -> view(row, notes.getOrDefault(row.getLong("id"), List.of()), null))
                    .list();
        });
    }

    IncidentPage page(
            Reach reach,
            @Nullable State state,
            @Nullable String terminal,
            @Nullable String user,
            @Nullable String q,
            int limit,
            @Nullable String after) {
        StringBuilder where = new StringBuilder(" WHERE " + reach.condition("t.org_unit"));
        if (state != null) {
            where.append(" AND i.state = :state");
        }
        if (terminal != null) {
            where.append(" AND i.terminal = :terminal");
        }
        if (user != null) {
            where.append(" AND i.user_name = :user");
        }
        if (q != null) {
            where.append(
                    " AND strpos(lower(concat_ws(' ', i.kind, i.terminal, t.host, i.user_name, i.rule, i.detail)), lower(:q)) > 0");
        }
        if (after != null) {
            where.append(" AND i.id < :after");
        }
        List<Long> ids = jdbi.withHandle(handle -> {
            var query = reach.bind(
                    handle.createQuery("SELECT i.id FROM incident i LEFT JOIN terminal t ON t.id = i.terminal" + where
                                    + " ORDER BY i.id DESC LIMIT :limit")
                            .bind("limit", limit + 1));
            if (state != null) {
                query.bind("state", state.name());
            }
            if (terminal != null) {
                query.bind("terminal", terminal);
            }
            if (user != null) {
                query.bind("user", user);
            }
            if (q != null) {
                query.bind("q", q.strip());
            }
            if (after != null) {
                query.bind("after", Cursor.number(Cursor.read(after, 1).getFirst()));
            }
            return query.mapTo(Long.class).list();
        });
        boolean more = ids.size() > limit;
        List<IncidentView> items = all(more ? ids.subList(0, limit) : ids).reversed();
        return new IncidentPage(items, more ? Cursor.of(items.getLast().id()) : null);
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

    private static IncidentView view(ResultSet row, List<NoteView> notes, @Nullable List<EventView> events)
            throws SQLException {
        IncidentKind kind = IncidentKind.valueOf(row.getString("kind"));
        int channel = row.getInt("channel");
        String user = row.getString("user_name");
        String rule = row.getString("rule");
        return new IncidentView(
                row.getLong("id"),
                kind,
                LocalText.of(
                        TEXTS,
                        kind == IncidentKind.ATTEMPT ? "title.ATTEMPT." + WireNames.channel(channel) : "title." + kind,
                        user,
                        rule),
                WireNames.severity(row.getInt("severity")),
                State.valueOf(row.getString("state")),
                row.getString("terminal"),
                row.getString("host"),
                user.isEmpty() ? null : user,
                rule.isEmpty() ? null : rule,
                channel == 0 ? null : WireNames.channel(channel),
                row.getString("detail").isEmpty() ? null : row.getString("detail"),
                row.getLong("count"),
                Times.instant(row, "first_at"),
                Times.instant(row, "last_at"),
                row.getString("owner"),
                notes,
                row.getLong("version"),
                events);
    }
}
