package org.sekisho.control.incident;

import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sekisho.control.store.Times;

/**
 * Counts reports that are still below their rule's threshold. Windows are kept to the minute, and never too narrow. Bounded:
 * one row a story and minute, deleted after the longest window. Thread-safe.
 */
@Singleton
public class IncidentTally {
    private static final Duration KEPT = Duration.ofMinutes(IncidentRule.MAX_MINUTES);

    private final Jdbi jdbi;
    private final Clock clock;

    @Inject
    IncidentTally(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /**
     * How many there were within the rule's window, these included; once they are enough they are counted no more. The caller
     * holds the story's lock.
     */
    long add(Handle handle, IncidentReport report, IncidentRule rule, Instant last) {
        byte[] story = story(rule, report);
        long before = handle.createQuery(
                        "SELECT coalesce(sum(count), 0) FROM incident_tally WHERE story = :story AND at >= :from AND at <= :until")
                .bind("story", story)
                .bind("from", Times.sql(minute(last.minus(rule.window()))))
                .bind("until", Times.sql(last.plus(rule.window())))
                .mapTo(Long.class)
                .one();
        long together = before + report.count();
        if (together >= rule.threshold()) {
            handle.execute("DELETE FROM incident_tally WHERE story = ?", (Object) story);
        } else {
            handle.createUpdate("""
                            INSERT INTO incident_tally (story, at, count, counted_at) VALUES (:story, :at, :count, :now)
                            ON CONFLICT (story, at) DO UPDATE SET count = incident_tally.count + excluded.count,
                                counted_at = excluded.counted_at""")
                    .bind("story", story)
                    .bind("at", Times.sql(minute(last)))
                    .bind("count", report.count())
                    .bind("now", Times.sql(clock.instant()))
                    .execute();
        }
        return together;
    }

    @Scheduled(every = "1h", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void expire() {
        forgetOld();
    }

    /** Deletes what no window reaches any more; answers how many rows. */
    public int forgetOld() {
        return jdbi.withHandle(handle -> handle.createUpdate("DELETE FROM incident_tally WHERE counted_at < :before")
                .bind("before", Times.sql(clock.instant().minus(KEPT)))
                .execute());
    }

    private static Instant minute(Instant at) {
        return at.truncatedTo(ChronoUnit.MINUTES);
    }

    private static byte[] story(IncidentRule rule, IncidentReport report) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest((rule.id() + ' ' + report.key()).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
