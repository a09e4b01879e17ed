package org.sekisho.control.incident;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sekisho.control.ServerSettings;
import org.sekisho.control.store.Notifications;
import org.sekisho.control.store.Notifications.Topic;
import org.sekisho.control.store.Times;

/**
 * Opens incidents, or joins reports to an open one that is no older than the window. Two that report the same at once
 * take turns (an advisory lock), so that they never open two. Thread-safe.
 */
@Singleton
public class Incidents {
    private final Jdbi jdbi;
    private final Clock clock;
    private final Duration window;

    @Inject
    Incidents(Jdbi jdbi, Clock clock, ServerSettings settings) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.window = settings.incidentWindow();
    }

    /** In the transaction of this thread, or in one of its own; answers the incident's id. */
    public long open(IncidentReport report) {
        return jdbi.withHandle(handle ->
                handle.isInTransaction() ? open(handle, report) : handle.inTransaction(own -> open(own, report)));
    }

    /** In the handle's transaction; answers the incident's id. */
    public long open(Handle handle, IncidentReport report) {
        Instant first = report.firstAt() == null ? clock.instant() : report.firstAt();
        Instant last = report.lastAt() == null ? first : report.lastAt();
        handle.execute("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))", "incident " + report.key());
        long id = openOne(handle, report, first, last)
                .map(open -> join(handle, open, report, first, last))
                .orElseGet(() -> insert(handle, report, first, last));
        Notifications.tell(handle, Topic.INCIDENT, String.valueOf(id));
        return id;
    }

    private Optional<Long> openOne(Handle handle, IncidentReport report, Instant first, Instant last) {
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
                .bind("from", Times.sql(first.minus(window)))
                .bind("until", Times.sql(last.plus(window)))
                .mapTo(Long.class)
                .findOne();
    }

    private static long join(Handle handle, long id, IncidentReport report, Instant first, Instant last) {
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
        return id;
    }

    private static long insert(Handle handle, IncidentReport report, Instant first, Instant last) {
        return handle.createQuery("""
                        INSERT INTO incident (kind, severity, terminal, user_name, rule, channel, detail, count, first_at, last_at)
                        VALUES (:kind, :severity, :terminal, :user, :rule, :channel, :detail, :count, :first, :last)
                        RETURNING id""")
                .bind("kind", report.kind().name())
                .bind("severity", report.severity().getNumber())
                .bind("terminal", report.terminal())
                .bind("user", report.user())
                .bind("rule", report.rule())
                .bind("channel", report.channel())
                .bind("detail", report.detail())
                .bind("count", report.count())
                .bind("first", Times.sql(first))
                .bind("last", Times.sql(last))
                .mapTo(Long.class)
                .one();
    }
}
