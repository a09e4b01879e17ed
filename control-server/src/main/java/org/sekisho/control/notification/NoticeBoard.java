package org.sekisho.control.notification;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sekisho.control.alarm.AlarmKind;
import org.sekisho.control.incident.IncidentKind;
import org.sekisho.control.incident.IncidentTitles;
import org.sekisho.control.rest.LocalText;
import org.sekisho.control.store.Times;
import org.sekisho.v1.Severity;

/**
 * What is to be told, in order. Bounded: at most {@link #MOST}, and none older than {@link #KEPT}. Writers take turns until
 * their transaction ends, so that a bookmark never passes one that is still to be seen. Thread-safe.
 */
@Singleton
public class NoticeBoard {
    static final Duration KEPT = Duration.ofDays(30);
    /** More is a flood that nobody reads; the oldest go. */
    static final int MOST = 20_000;
    /** A server that was off for longer says nothing of what is past. */
    private static final Duration LOOK_BACK = Duration.ofDays(7);
    /** "SKNT" as a number. */
    private static final int LOCK = 0x534B4E54;

    private final Jdbi jdbi;
    private final Clock clock;

    @Inject
    NoticeBoard(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** Puts one up, in the handle's transaction; once a subject. */
    private static void raise(Handle handle, Notice notice) {
        handle.execute("SELECT pg_advisory_xact_lock(?)", LOCK);
        handle.createUpdate("""
                        INSERT INTO notice (topic, subject, severity, org_unit, title_ja, title_en, page, raised_at)
                        VALUES (:topic, :subject, :severity, :unit, :ja, :en, :page, :at)
                        ON CONFLICT (topic, subject) DO NOTHING""")
                .bind("topic", notice.topic().name())
                .bind("subject", notice.subject())
                .bind("severity", notice.severity().getNumber())
                .bind("unit", notice.orgUnit())
                .bind("ja", notice.title().ja())
                .bind("en", notice.title().en())
                .bind("page", notice.page())
                .bind("at", Times.sql(notice.raisedAt()))
                .execute();
    }

    /** Puts up incidents that were opened or have become overdue, and alarms that were raised, since it was done last. */
    public void collect() {
        Instant now = clock.instant();
        jdbi.useTransaction(handle -> {
            for (Topic topic : List.of(Topic.INCIDENT_OPENED, Topic.INCIDENT_OVERDUE)) {
                String when = topic == Topic.INCIDENT_OPENED
                        ? "i.opened_at > :since"
                        : "i.state <> 'CLOSED' AND i.due_at > :since AND i.due_at <= :now";
                handle.createQuery("""
                                SELECT i.id, i.kind, i.channel, i.severity, i.opened_at, i.due_at, t.org_unit
                                FROM incident i LEFT JOIN terminal t ON t.id = i.terminal
                                WHERE %s AND NOT EXISTS (SELECT 1 FROM notice n WHERE n.topic = :topic AND n.subject = i.id::text)
                                ORDER BY i.id LIMIT 1000""".formatted(when))
                        .bind("since", Times.sql(now.minus(LOOK_BACK)))
                        .bind("now", Times.sql(now))
                        .bind("topic", topic.name())
                        .map((row, context) -> incident(topic, row))
                        .list()
                        .forEach(notice -> raise(handle, notice));
            }
            handle.createQuery("""
                            SELECT a.id, a.kind, a.raised_at, t.org_unit FROM alarm a JOIN terminal t ON t.id = a.terminal
                            WHERE a.raised_at > :since AND NOT EXISTS
                                  (SELECT 1 FROM notice n WHERE n.topic = 'ALARM' AND n.subject = a.id::text)
                            ORDER BY a.id LIMIT 1000""")
                    .bind("since", Times.sql(now.minus(LOOK_BACK)))
                    .map((row, context) -> alarm(row))
                    .list()
                    .forEach(notice -> raise(handle, notice));
        });
    }

    private static Notice alarm(ResultSet row) throws SQLException {
        AlarmKind kind = AlarmKind.valueOf(row.getString("kind"));
        return new Notice(
                Topic.ALARM,
                String.valueOf(row.getLong("id")),
                switch (kind) {
                    // What isn't guarded, or is gone for good, can't wait.
                    case CHANNEL, RECORD_LOST -> Severity.HIGH;
                    case SILENT, CLOCK, JOURNAL_SHORT -> Severity.MEDIUM;
                },
                row.getString("org_unit"),
                LocalText.of(MailText.BUNDLE, "alarm." + kind),
                "/alarms",
                Times.instant(row, "raised_at"));
    }

    private static Notice incident(Topic topic, ResultSet row) throws SQLException {
        Severity severity = Severity.forNumber(row.getInt("severity"));
        return new Notice(
                topic,
                String.valueOf(row.getLong("id")),
                severity == null ? Severity.LOW : severity,
                row.getString("org_unit"),
                IncidentTitles.of(IncidentKind.valueOf(row.getString("kind")), row.getInt("channel")),
                "/incidents/" + row.getLong("id"),
                Times.instant(row, topic == Topic.INCIDENT_OPENED ? "opened_at" : "due_at"));
    }

    /** Takes down what is old or too much; answers how many. */
    public int tidy() {
        return jdbi.withHandle(handle -> handle.createUpdate("""
                        DELETE FROM notice WHERE raised_at < :before
                        OR id <= (SELECT id FROM notice ORDER BY id DESC OFFSET :most LIMIT 1)""")
                .bind("before", Times.sql(clock.instant().minus(KEPT)))
                .bind("most", MOST)
                .execute());
    }

    /** The newest one's number; 0: none yet. */
    static long newest(Handle handle) {
        handle.execute("SELECT pg_advisory_xact_lock(?)", LOCK);
        return handle.createQuery("SELECT coalesce(max(id), 0) FROM notice")
                .mapTo(Long.class)
                .one();
    }

    /** The next ones behind the bookmark, whomever they concern. */
    static List<Posted> after(Handle handle, long bookmark, int limit) {
        return handle.createQuery("SELECT * FROM notice WHERE id > :bookmark ORDER BY id LIMIT :limit")
                .bind("bookmark", bookmark)
                .bind("limit", limit)
                .map((row, context) -> new Posted(
                        row.getLong("id"),
                        new Notice(
                                Topic.valueOf(row.getString("topic")),
                                row.getString("subject"),
                                java.util.Objects.requireNonNullElse(
                                        Severity.forNumber(row.getInt("severity")), Severity.LOW),
                                row.getString("org_unit"),
                                new LocalText(row.getString("title_ja"), row.getString("title_en")),
                                row.getString("page"),
                                Times.instant(row, "raised_at"))))
                .list();
    }

    /** One on the board. */
    record Posted(long id, Notice notice) {}
}
