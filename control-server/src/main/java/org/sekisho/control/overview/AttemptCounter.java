package org.sekisho.control.overview;

import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sekisho.control.event.ArrivalMark;
import org.sekisho.control.store.Times;
import org.sekisho.v1.Event;

/**
 * Counts attempts once they have arrived, each exactly once, so that figures over months need no look at events. Beside
 * ingest, not in it: it reads each attempt's row once more, and never makes a commit wait. One replica counts at a time.
 *
 * <p>The first time it counts all that there is, in one statement; ten million events take some ten seconds.
 */
@Singleton
class AttemptCounter {
    /** "SEKISHOC" as a number. */
    private static final long LOCK = 0x53454B4953484F43L;
    /** Replicas' clocks, by which arrivals are dated, don't differ by more. */
    private static final Duration GRACE = Duration.ofHours(1);

    private final Jdbi jdbi;
    private final Clock clock;
    private final ArrivalMark mark = new ArrivalMark();

    @Inject
    AttemptCounter(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** A figure on the overview is at most about so old. */
    @Scheduled(every = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    synchronized void count() {
        Instant now = clock.instant();
        // Outside of the transaction below, whose own snapshot would be older than the mark.
        long settled = jdbi.withHandle(mark::settled);
        jdbi.useTransaction(handle -> {
            boolean mine = handle.createQuery("SELECT pg_try_advisory_xact_lock(:lock)")
                    .bind("lock", LOCK)
                    .mapTo(Boolean.class)
                    .one();
            if (mine) {
                count(handle, settled, now);
            }
        });
    }

    private static void count(Handle handle, long settled, Instant now) {
        Counted before = handle.createQuery("SELECT id, at FROM attempt_counted")
                .map((row, context) -> new Counted(row.getLong("id"), row.getString("at")))
                .one();
        if (settled <= before.id) {
            return;
        }
        handle.createUpdate("""
                        INSERT INTO attempt_count (hour, org_unit, channel, verdict, attempts)
                        SELECT date_trunc('hour', least(e.occurred_at, e.received_at), 'UTC'), coalesce(t.org_unit, ''), e.channel, e.verdict,
                               count(*)
                        FROM event e LEFT JOIN terminal t ON t.id = e.terminal
                        WHERE e.kind = :attempt AND e.verdict <> 0 AND e.id > :from AND e.id <= :to
                          AND e.received_at >= CAST(:at AS timestamptz) - :grace * interval '1 second'
                        GROUP BY 1, 2, 3, 4
                        ON CONFLICT (hour, org_unit, channel, verdict)
                        DO UPDATE SET attempts = attempt_count.attempts + excluded.attempts""")
                .bind("attempt", Event.ATTEMPT_FIELD_NUMBER)
                .bind("from", before.id)
                .bind("to", settled)
                .bind("at", before.at)
                .bind("grace", GRACE.toSeconds())
                .execute();
        handle.createUpdate("UPDATE attempt_counted SET id = :id, at = :at")
                .bind("id", settled)
                .bind("at", Times.sql(now))
                .execute();
    }

    /** @param at as PostgreSQL writes it: it may be minus infinity */
    private record Counted(long id, String at) {}
}
