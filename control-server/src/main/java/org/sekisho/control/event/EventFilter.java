package org.sekisho.control.event;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.organisation.OrgUnit;
import org.sekisho.control.organisation.Reach;
import org.sekisho.control.rest.ProblemException;
import org.sekisho.control.rest.WireNames;
import org.sekisho.control.store.Times;
import org.sekisho.v1.Channel;
import org.sekisho.v1.Severity;
import org.sekisho.v1.Verdict;

/**
 * A search as conditions of SQL, all of which must hold: some on the event's row, some on what it has in common with others
 * ({@link ShapeFilter}). Not thread-safe.
 */
final class EventFilter {
    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final ShapeFilter shape = new ShapeFilter();
    private final Reach reach;
    private final @Nullable OrgUnit unit;

    private EventFilter(Reach reach, EventQuery query) {
        this.reach = reach;
        this.unit = query.orgUnit == null ? null : OrgUnit.parse(query.orgUnit);
        rowConditions(query);
        times(query);
        shape.rule(query.rule);
        shape.label(query.label);
        shape.program(query.program);
        shape.device(query.device);
        shape.text(query.q);
    }

    /**
     * What the query asks for, as far as somebody may see it.
     *
     * @throws ProblemException 400 if it asks for what can't be
     */
    static EventFilter of(Reach reach, EventQuery query) {
        return new EventFilter(reach, query);
    }

    /** Whether terminals must be looked up first: a division is asked for, or only a part may be seen. */
    boolean namesTerminals() {
        return unit != null || !reach.isEverything();
    }

    /** The terminals that come into question, of the table {@code terminal}. */
    String terminalCondition() {
        String within = reach.condition("org_unit");
        return unit == null ? within : within + " AND (org_unit = :unit OR starts_with(org_unit, :unit || '/'))";
    }

    <S extends SqlStatement<S>> S bindTerminals(S statement) {
        return reach.bind(unit == null ? statement : statement.bind("unit", unit.path()));
    }

    ShapeFilter shape() {
        return shape;
    }

    /** Conditions on the event's row. */
    List<String> conditions() {
        return List.copyOf(conditions);
    }

    <S extends SqlStatement<S>> S bind(S statement) {
        values.forEach(statement::bind);
        return statement;
    }

    private void rowConditions(EventQuery query) {
        equal("terminal", "terminal", query.terminal);
        equal("user_name", "user", query.user);
        equal("rule", "rule", query.rule);
        if (query.label != null) {
            conditions.add("labels @> ARRAY[:label::text]");
            values.put("label", sound(query.label));
        }
        if (query.kind != null) {
            int kind = EventKind.number(query.kind)
                    .orElseThrow(() -> ProblemException.badRequest("There is no kind of event named so"));
            conditions.add("kind = " + kind);
            shape.kind(kind);
        }
        if (query.channel != null) {
            int channel = WireNames.parse(Channel.class, query.channel).getNumber();
            conditions.add("channel = " + channel);
            shape.channel(channel);
        }
        if (query.verdict != null) {
            // Literals, so that the partial index of what was stopped serves.
            int verdict = WireNames.parse(Verdict.class, query.verdict).getNumber();
            conditions.add("verdict = " + verdict);
            shape.verdict(verdict);
        }
        if (query.severity != null) {
            int severity = WireNames.parse(Severity.class, query.severity).getNumber();
            conditions.add("severity = " + severity);
            shape.severity(severity);
        }
    }

    private void times(EventQuery query) {
        if (query.from != null) {
            conditions.add("occurred_at >= :from");
            values.put("from", Times.sql(time("from", query.from)));
        }
        if (query.to != null) {
            conditions.add("occurred_at < :to");
            values.put("to", Times.sql(time("to", query.to)));
        }
    }

    private void equal(String column, String name, @Nullable String value) {
        if (value != null) {
            conditions.add(column + " = :" + name);
            values.put(name, sound(value));
        }
    }

    /** PostgreSQL's text can't hold NUL, so that nothing stored has one. */
    static String sound(String text) {
        if (text.indexOf('\0') >= 0) {
            throw ProblemException.badRequest("No text of an event contains the character NUL");
        }
        return text;
    }

    /** A time of a query. */
    static Instant time(String name, String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw ProblemException.badRequest(name + " must be a time such as 2026-11-22T09:00:00Z");
        }
    }
}
