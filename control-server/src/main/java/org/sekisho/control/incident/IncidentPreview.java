package org.sekisho.control.incident;

import com.google.protobuf.InvalidProtocolBufferException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.result.ResultIterator;
import org.sekisho.control.store.Times;
import org.sekisho.v1.Event;
import org.sekisho.v1.Severity;

/** Tries rules on what really happened. Thread-safe. */
@Singleton
class IncidentPreview {
    /** The newest so many are looked at: enough to see what a rule does, read in a second or two. */
    static final int MOST = 100_000;
    /** Rows that the driver holds at once. */
    private static final int FETCH = 1_000;

    private final Jdbi jdbi;
    private final Clock clock;
    private final IncidentRuleBook book;

    @Inject
    IncidentPreview(Jdbi jdbi, Clock clock, IncidentRuleBook book) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.book = book;
    }

    /** What they would have opened in the last days, beside what those in force would. */
    Result of(IncidentRules rules, int days) {
        Instant from = clock.instant().minus(Duration.ofDays(days));
        IncidentReplay now = new IncidentReplay(book.rules());
        IncidentReplay then = new IncidentReplay(rules);
        // The driver streams only inside a transaction.
        long seen = jdbi.inTransaction(handle -> visit(handle, from, now, then));
        return new Result(from, seen, seen < MOST, now.incidents(), then.incidents(), then.lines());
    }

    private static long visit(Handle handle, Instant from, IncidentReplay now, IncidentReplay then) {
        long seen = 0;
        try (ResultIterator<Past> attempts = handle.createQuery("""
                        SELECT * FROM (SELECT terminal, user_name, rule, channel, verdict, severity, occurred_at, received_at, id, body
                                       FROM event WHERE kind = :kind AND verdict > 0 AND received_at >= :from
                                       ORDER BY received_at DESC, id DESC LIMIT :most) AS newest
                        ORDER BY received_at, id""")
                .bind("kind", Event.ATTEMPT_FIELD_NUMBER)
                .bind("from", Times.sql(from))
                .bind("most", MOST)
                .setFetchSize(FETCH)
                .map((row, context) -> past(row))
                .iterator()) {
            while (attempts.hasNext()) {
                Past past = attempts.next();
                now.saw(past.report(), past.at());
                then.saw(past.report(), past.at());
                seen++;
            }
        }
        return seen;
    }

    private static Past past(ResultSet row) throws SQLException {
        Instant at = Times.instant(row, "occurred_at");
        Severity severity = Severity.forNumber(Math.max(row.getInt("severity"), Severity.LOW_VALUE));
        String user = row.getString("user_name");
        String rule = row.getString("rule");
        return new Past(
                new IncidentReport(
                        IncidentKind.ATTEMPT,
                        severity == null ? Severity.LOW : severity,
                        row.getString("terminal"),
                        user == null ? "" : user,
                        rule == null ? "" : rule,
                        row.getInt("channel"),
                        row.getInt("verdict"),
                        Set.of(),
                        "",
                        count(row.getBytes("body")),
                        at,
                        at),
                at);
    }

    private static long count(byte[] body) throws SQLException {
        try {
            return Math.max(
                    1, Integer.toUnsignedLong(Event.parseFrom(body).getAttempt().getCount()));
        } catch (InvalidProtocolBufferException e) {
            throw new SQLException("A stored event cannot be read", e);
        }
    }

    private record Past(IncidentReport report, Instant at) {}

    /**
     * What rules would have done.
     *
     * @param from since when
     * @param attempts that were looked at
     * @param complete false: there were more, and the newest were looked at
     * @param now incidents by the rules in force
     * @param then incidents by these
     */
    @Schema(
            name = "IncidentRulesPreview",
            requiredProperties = {"from", "attempts", "complete", "now", "then", "rules"})
    public record Result(
            Instant from, long attempts, boolean complete, long now, long then, List<IncidentReplay.Line> rules) {}
}
