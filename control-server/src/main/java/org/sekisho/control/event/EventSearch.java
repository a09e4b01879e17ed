package org.sekisho.control.event;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.event.EventsResource.EventPage;
import org.sekisho.control.organisation.Reach;
import org.sekisho.control.rest.Cursor;
import org.sekisho.control.rest.ProblemException;
import org.sekisho.control.rest.WireNames;
import org.sekisho.control.store.Times;
import org.sekisho.v1.Channel;
import org.sekisho.v1.Severity;
import org.sekisho.v1.Verdict;

/**
 * Finds events. The order is that of arrival, newest first, so that a cursor stays where it is while new events come
 * in. Thread-safe.
 */
@Singleton
public class EventSearch {
    private static final String SELECT = "SELECT id, received_at, branch, incident, body FROM event";
    /** A search that must read too much is told so rather than left to starve the others. */
    private static final int SECONDS = 20;

    private final Jdbi jdbi;

    @Inject
    EventSearch(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    EventPage page(Reach reach, EventQuery query) {
        List<String> conditions = new ArrayList<>(List.of(reach.terminalCondition("terminal")));
        Map<String, Object> values = new LinkedHashMap<>();
        describe(query, conditions, values);
        if (query.after != null) {
            List<String> from = Cursor.read(query.after, 2);
            conditions.add("(received_at, id) < (:afterAt, :afterId)");
            values.put("afterAt", Times.sql(micros(Cursor.number(from.get(0)))));
            values.put("afterId", Cursor.number(from.get(1)));
        }
        String where = " WHERE " + String.join(" AND ", conditions);
        List<StoredEvent> found = jdbi.withHandle(handle -> {
            Query select = handle.createQuery(SELECT + where + " ORDER BY received_at DESC, id DESC LIMIT :limit")
                    .setQueryTimeout(SECONDS)
                    .bind("limit", query.limit + 1);
            values.forEach(select::bind);
            reach.bind(select);
            return select.map((row, context) -> StoredEvent.of(row)).list();
        });
        if (found.size() <= query.limit) {
            return new EventPage(found.stream().map(EventViews::of).toList(), null);
        }
        StoredEvent last = found.get(query.limit - 1);
        return new EventPage(
                found.subList(0, query.limit).stream().map(EventViews::of).toList(),
                Cursor.of(ChronoUnit.MICROS.between(Instant.EPOCH, last.receivedAt()), last.id()));
    }

    private static void describe(EventQuery query, List<String> conditions, Map<String, Object> values) {
        equal("terminal", "terminal", query.terminal, conditions, values);
        equal("user_name", "user", query.user, conditions, values);
        equal("rule", "rule", query.rule, conditions, values);
        if (query.kind != null) {
            int kind = EventKind.number(query.kind)
                    .orElseThrow(() -> ProblemException.badRequest("There is no kind of event named so"));
            equal("kind", "kind", kind, conditions, values);
        }
        if (query.channel != null) {
            equal(
                    "channel",
                    "channel",
                    WireNames.parse(Channel.class, query.channel).getNumber(),
                    conditions,
                    values);
        }
        if (query.verdict != null) {
            // A literal, so that the partial index of what was stopped serves.
            conditions.add(
                    "verdict = " + WireNames.parse(Verdict.class, query.verdict).getNumber());
        }
        if (query.severity != null) {
            equal(
                    "severity",
                    "severity",
                    WireNames.parse(Severity.class, query.severity).getNumber(),
                    conditions,
                    values);
        }
        if (query.label != null) {
            conditions.add("labels @> ARRAY[:label::text]");
            values.put("label", query.label);
        }
        if (query.from != null) {
            conditions.add("occurred_at >= :from");
            values.put("from", time("from", query.from));
        }
        if (query.to != null) {
            conditions.add("occurred_at < :to");
            values.put("to", time("to", query.to));
        }
        if (query.q != null && !query.q.isBlank()) {
            // The wire keeps texts as UTF-8 in one piece, so that the recorded bytes themselves can be searched.
            conditions.add("position(:q IN body) > 0");
            values.put("q", query.q.strip().getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void equal(
            String column, String name, @Nullable Object value, List<String> conditions, Map<String, Object> values) {
        if (value != null) {
            conditions.add(column + " = :" + name);
            values.put(name, value);
        }
    }

    private static OffsetDateTime time(String name, String text) {
        try {
            return OffsetDateTime.parse(text);
        } catch (DateTimeException e) {
            throw ProblemException.badRequest(name + " must be a time such as 2026-11-22T09:00:00Z");
        }
    }

    private static Instant micros(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /** One event of a terminal; the one that came first where its chain broke and the number came again. */
    Optional<EventView> find(Reach reach, String terminal, long seq) {
        return stored(reach, terminal, seq).map(EventViews::of);
    }

    /** The same as it was recorded, for what reads more of it than its view has. */
    public Optional<StoredEvent> stored(Reach reach, String terminal, long seq) {
        return jdbi.withHandle(
                handle -> reach.bind(handle.createQuery(SELECT + " WHERE terminal = :terminal AND seq = :seq AND "
                                        + reach.terminalCondition("terminal") + " ORDER BY branch LIMIT 1")
                                .bind("terminal", terminal)
                                .bind("seq", seq))
                        .map((row, context) -> StoredEvent.of(row))
                        .findOne());
    }

    /** An incident's newest events. */
    public List<EventView> ofIncident(long incident, int limit) {
        return jdbi.withHandle(
                handle -> handle.createQuery(SELECT + " WHERE incident = :incident ORDER BY id DESC LIMIT :limit")
                        .bind("incident", incident)
                        .bind("limit", limit)
                        .map((row, context) -> EventViews.of(StoredEvent.of(row)))
                        .list());
    }
}
