package org.sekisho.control.incident;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.incident.Traces.Trace;
import org.sekisho.control.store.Notifications;
import org.sekisho.control.store.Notifications.Topic;
import org.sekisho.control.store.Times;

/**
 * Opens incidents as the rules say, or joins reports to an open one that is no older than the rule's time. Two that
 * report the same at once take turns (an advisory lock), so that they never open two. Thread-safe.
 */
@Singleton
public class Incidents {
    private final Jdbi jdbi;
    private final Clock clock;
    private final IncidentRuleBook book;
    private final IncidentTally tally;

    @Inject
    Incidents(Jdbi jdbi, Clock clock, IncidentRuleBook book, IncidentTally tally) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.book = book;
        this.tally = tally;
    }

    /** In the transaction of this thread, or in one of its own; answers the incident's id, or null if none is open for it. */
    public @Nullable Long open(IncidentReport report) {
        return jdbi.withHandle(handle ->
                handle.isInTransaction() ? open(handle, report) : handle.inTransaction(own -> open(own, report)));
    }

    /** In the handle's transaction; answers the incident's id, or null if none is open for it. */
    public @Nullable Long open(Handle handle, IncidentReport report) {
        IncidentRule rule = book.rules().match(report).orElse(null);
        if (rule == null) {
            return null;
        }
        Instant first = report.firstAt() == null ? clock.instant() : report.firstAt();
        Instant last = report.lastAt() == null ? first : report.lastAt();
        handle.execute("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))", "incident " + report.key());
        Long open = openOne(handle, report, rule, first, last).orElse(null);
        if (open != null) {
            join(handle, open, report, first, last);
        } else {
            long count = rule.threshold() == 1 ? report.count() : tally.add(handle, report, rule, last);
            if (count < rule.threshold()) {
                return null;
            }
            open = insert(handle, report, rule, count, first, last);
        }
        trace(handle, open, report);
        Notifications.tell(handle, Topic.INCIDENT, String.valueOf(open));
        return open;
    }

    private static Optional<Long> openOne(
            Handle handle, IncidentReport report, IncidentRule rule, Instant first, Instant last) {
        return handle.createQuery("""
                        SELECT id FROM incident
                        WHERE terminal = :terminal AND kind = :kind AND state <> 'CLOSED' AND user_name = :user AND rule = :rule
                          AND channel = :channel AND last_at >= :from AND first_at <= :until
                        ORDER BY id DESC LIMIT 1""")
                .bind("terminal", report.terminal())
                .bind("kind", report.kind().name())
                .bind("user", report.user())
                .bind("rule", report.rule())
                .bind("channel", report.channel())
                .bind("from", Times.sql(first.minus(rule.join())))
                .bind("until", Times.sql(last.plus(rule.join())))
                .mapTo(Long.class)
                .findOne();
    }

    private static void join(Handle handle, long id, IncidentReport report, Instant first, Instant last) {
        handle.createUpdate("""
                        UPDATE incident SET count = count + :count, first_at = least(first_at, :first), last_at = greatest(last_at, :last),
                               severity = greatest(severity, :severity), detail = CASE WHEN :detail = '' THEN detail ELSE :detail END,
                               version = version + 1
                        WHERE id = :id""")
                .bind("count", report.count())
                .bind("first", Times.sql(first))
                .bind("last", Times.sql(last))
                .bind("severity", report.severity().getNumber())
                .bind("detail", report.detail())
                .bind("id", id)
                .execute();
    }

    private long insert(
            Handle handle, IncidentReport report, IncidentRule rule, long count, Instant first, Instant last) {
        Instant now = clock.instant();
        long id = handle.createQuery("""
                        INSERT INTO incident (kind, severity, terminal, user_name, rule, channel, detail, count, first_at, last_at,
                                              opened_at, due_at)
                        VALUES (:kind, :severity, :terminal, :user, :rule, :channel, :detail, :count, :first, :last, :now, :due)
                        RETURNING id""")
                .bind("kind", report.kind().name())
                .bind("severity", report.severity().getNumber())
                .bind("terminal", report.terminal())
                .bind("user", report.user())
                .bind("rule", report.rule())
                .bind("channel", report.channel())
                .bind("detail", report.detail())
                .bind("count", count)
                .bind("first", Times.sql(first))
                .bind("last", Times.sql(last))
                .bind("now", Times.sql(now))
                .bind("due", Times.sql(now.plus(rule.respond())))
                .mapTo(Long.class)
                .one();
        return id;
    }

    private static void trace(Handle handle, long id, IncidentReport report) {
        if (report.traces().isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch(
                "INSERT INTO incident_trace (kind, value, incident) VALUES (:kind, :value, :id) ON CONFLICT DO NOTHING");
        for (Trace trace : report.traces()) {
            batch.bind("kind", trace.kind().name())
                    .bind("value", trace.value())
                    .bind("id", id)
                    .add();
        }
        batch.execute();
    }
}
