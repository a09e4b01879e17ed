package org.sekisho.control.policy.simulation;

import com.google.protobuf.InvalidProtocolBufferException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Iterator;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.result.ResultIterator;
import org.jdbi.v3.core.statement.Query;
import org.sekisho.control.store.Times;
import org.sekisho.v1.Event;
import org.sekisho.v1.Segment;

/** Reads a segment's attempts, newest first, a bounded part of them in memory. Thread-safe. */
@Singleton
class PastAttempts {
    private static final String FROM = """
             FROM event e JOIN terminal t ON t.id = e.terminal
            WHERE e.kind = :kind AND e.verdict <> 0 AND t.segment = :segment
              AND e.received_at >= :from AND e.received_at < :to""";

    /** Rows that the driver holds at once. */
    private static final int FETCH = 1_000;

    private final Jdbi jdbi;

    @Inject
    PastAttempts(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** How many there are. */
    long count(Segment segment, Instant from, Instant to) {
        return jdbi.withHandle(handle -> bind(handle.createQuery("SELECT count(*)" + FROM), segment, from, to)
                .mapTo(Long.class)
                .one());
    }

    /**
     * Shows each to the visitor, newest first, until it has had enough.
     *
     * @param visitor answers whether to go on
     */
    void visit(Segment segment, Instant from, Instant to, Predicate<PastAttempt> visitor) {
        // The driver streams only inside a transaction.
        jdbi.useTransaction(handle -> visit(handle, segment, from, to, visitor));
    }

    private static void visit(
            Handle handle, Segment segment, Instant from, Instant to, Predicate<PastAttempt> visitor) {
        Query query = bind(
                        handle.createQuery("SELECT e.terminal, e.seq, t.org_unit, e.body" + FROM
                                + " ORDER BY e.received_at DESC, e.id DESC"),
                        segment,
                        from,
                        to)
                .setFetchSize(FETCH);
        try (ResultIterator<PastAttempt> rows =
                query.map((row, context) -> attempt(row)).iterator()) {
            Iterator<PastAttempt> left = rows;
            while (left.hasNext() && visitor.test(left.next())) {
                // Each turn has shown one.
            }
        }
    }

    private static Query bind(Query query, Segment segment, Instant from, Instant to) {
        return query.bind("kind", Event.ATTEMPT_FIELD_NUMBER)
                .bind("segment", segment.getNumber())
                .bind("from", Times.sql(from))
                .bind("to", Times.sql(to));
    }

    private static PastAttempt attempt(ResultSet row) throws SQLException {
        try {
            return new PastAttempt(
                    row.getString("terminal"),
                    row.getLong("seq"),
                    row.getString("org_unit"),
                    Event.parseFrom(row.getBytes("body")).getAttempt());
        } catch (InvalidProtocolBufferException e) {
            throw new SQLException(
                    "Stored event " + row.getString("terminal") + "/" + row.getLong("seq") + " cannot be read", e);
        }
    }
}
