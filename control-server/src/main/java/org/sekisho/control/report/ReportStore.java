package org.sekisho.control.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.organisation.Reach;
import org.sekisho.control.report.ReportView.State;
import org.sekisho.control.report.ReportsResource.ReportPage;
import org.sekisho.control.rest.Cursor;
import org.sekisho.control.rest.ProblemException;
import org.sekisho.control.store.Times;

/** Keeps reports, and who makes which. Thread-safe. */
@Singleton
class ReportStore {
    /** A step takes seconds; one that tells nothing for so long is made by nobody. */
    private static final Duration DEAD = Duration.ofMinutes(10);
    /** Orders that may wait; more is a mistake. */
    private static final int MOST_WAITING = 50;

    private static final int MAX_FAILURE = 500;

    private final Jdbi jdbi;
    private final Clock clock;
    private final ObjectMapper json;

    @Inject
    ReportStore(Jdbi jdbi, Clock clock, ObjectMapper json) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.json = json;
    }

    /**
     * Orders one.
     *
     * @throws ProblemException 429 if too many wait
     */
    long order(ReportOrder order, String by) {
        return jdbi.withHandle(handle -> {
            int waiting = handle.createQuery("SELECT count(*) FROM report WHERE state IN ('WAITING', 'RUNNING')")
                    .mapTo(Integer.class)
                    .one();
            if (waiting >= MOST_WAITING) {
                throw new ProblemException(
                        429, "too-many-reports", waiting + " reports are still to be made; order again later");
            }
            return handle.createQuery("""
                            INSERT INTO report (kind, from_day, until_day, org_unit, made_by, made_at)
                            VALUES (:kind, :from, :until, :unit, :by, :now) RETURNING id""")
                    .bind("kind", order.kind().name())
                    .bind("from", order.from())
                    .bind("until", order.until())
                    .bind("unit", order.orgUnit())
                    .bind("by", by)
                    .bind("now", Times.sql(clock.instant()))
                    .mapTo(Long.class)
                    .one();
        });
    }

    Optional<ReportView> find(Reach reach, long id) {
        return jdbi.withHandle(handle -> reach.bind(handle.createQuery(
                                "SELECT * FROM report r WHERE r.id = :id AND " + reach.condition("r.org_unit"))
                        .bind("id", id))
                .map((row, context) -> view(row))
                .findOne());
    }

    /** Newest first. */
    ReportPage page(Reach reach, int limit, @Nullable String after) {
        long before = after == null
                ? Long.MAX_VALUE
                : Cursor.number(Cursor.read(after, 1).getFirst());
        List<ReportView> found = jdbi.withHandle(
                handle -> reach.bind(handle.createQuery("SELECT * FROM report r WHERE r.id < :before AND "
                                        + reach.condition("r.org_unit") + " ORDER BY r.id DESC LIMIT :limit")
                                .bind("before", before)
                                .bind("limit", limit + 1))
                        .map((row, context) -> view(row))
                        .list());
        boolean more = found.size() > limit;
        List<ReportView> items = more ? List.copyOf(found.subList(0, limit)) : found;
        return new ReportPage(items, more ? Cursor.of(items.getLast().id()) : null);
    }

    /** What it found, once it is made. */
    Optional<ReportContent> content(long id) {
        return jdbi.withHandle(handle -> handle.createQuery(
                                "SELECT content FROM report WHERE id = :id AND content IS NOT NULL")
                        .bind("id", id)
                        .mapTo(String.class)
                        .findOne())
                .map(this::read);
    }

    private ReportContent read(String content) {
        try {
            return json.readValue(content, ReportContent.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A stored report cannot be read", e);
        }
    }

    /** Whether it was still to be made. */
    boolean cancel(long id) {
        return jdbi.withHandle(handle -> handle.createUpdate("UPDATE report SET state = 'CANCELLED', finished_at = :now"
                                + " WHERE id = :id AND state IN ('WAITING', 'RUNNING')")
                        .bind("now", Times.sql(clock.instant()))
                        .bind("id", id)
                        .execute())
                > 0;
    }

    /** The next one to make, which is the caller's from now on; also one that a replica died over. */
    Optional<ReportView> take() {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        UPDATE report SET state = 'RUNNING', progress_at = :now, done = 0, total = 0 WHERE id = (
                            SELECT id FROM report WHERE state = 'WAITING' OR (state = 'RUNNING' AND progress_at < :dead)
                            ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING *""")
                .bind("now", Times.sql(clock.instant()))
                .bind("dead", Times.sql(clock.instant().minus(DEAD)))
                .map((row, context) -> view(row))
                .findOne());
    }

    /** Whether it is still wanted. */
    boolean progress(long id, int done, int total) {
        return jdbi.withHandle(handle -> handle.createUpdate(
                                "UPDATE report SET done = :done, total = :total, progress_at = :now"
                                        + " WHERE id = :id AND state = 'RUNNING'")
                        .bind("done", done)
                        .bind("total", total)
                        .bind("now", Times.sql(clock.instant()))
                        .bind("id", id)
                        .execute())
                > 0;
    }

    void finish(long id, ReportContent content) {
        end(id, State.DONE, write(content), null);
    }

    void fail(long id, String failure) {
        end(id, State.FAILED, null, failure.substring(0, Math.min(failure.length(), MAX_FAILURE)));
    }

    private void end(long id, State state, @Nullable String content, @Nullable String failure) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        UPDATE report SET state = :state, content = :content, failure = :failure, finished_at = :now
                        WHERE id = :id AND state = 'RUNNING'""")
                .bind("state", state.name())
                .bind("content", content)
                .bind("failure", failure)
                .bind("now", Times.sql(clock.instant()))
                .bind("id", id)
                .execute());
    }

    private String write(ReportContent content) {
        try {
            return json.writeValueAsString(content);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A report cannot be written as JSON", e);
        }
    }

    private static ReportView view(ResultSet row) throws SQLException {
        return new ReportView(
                row.getLong("id"),
                ReportKind.valueOf(row.getString("kind")),
                row.getObject("from_day", LocalDate.class),
                row.getObject("until_day", LocalDate.class),
                row.getString("org_unit"),
                row.getString("made_by"),
                Times.instant(row, "made_at"),
                State.valueOf(row.getString("state")),
                row.getInt("done"),
                row.getInt("total"),
                Times.instantOrNull(row, "finished_at"),
                row.getString("failure"),
                null,
                null);
    }
}
