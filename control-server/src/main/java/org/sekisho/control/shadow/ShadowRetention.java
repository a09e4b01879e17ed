package org.sekisho.control.shadow;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;
import org.sekisho.control.ServerSettings;
import org.sekisho.control.audit.AuditLog;
import org.sekisho.control.store.Times;

/** Deletes copies that were kept for as long as they may be, and what was never whole. Safe with other replicas. */
@Singleton
class ShadowRetention {
    private static final Logger LOG = Logger.getLogger(ShadowRetention.class);
    /** A block takes seconds, and the stream ends far sooner. */
    private static final Duration SILENT = Duration.ofMinutes(10);

    private final Jdbi jdbi;
    private final Clock clock;
    private final ArrivalStore arrivals;
    private final AuditLog audit;
    private final ServerSettings settings;

    @Inject
    ShadowRetention(Jdbi jdbi, Clock clock, ArrivalStore arrivals, AuditLog audit, ServerSettings settings) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.arrivals = arrivals;
        this.audit = audit;
        this.settings = settings;
    }

    /** What a replica that died had half. */
    @Scheduled(every = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void discardSilent() {
        arrivals.discardSilent(SILENT);
    }

    @Scheduled(every = "10m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void expire() {
        while (expireOne()) {
            LOG.debug("A shadow copy was deleted");
        }
        forget();
    }

    /** In one transaction with its audit entry; false: there was none. */
    private boolean expireOne() {
        return QuarkusTransaction.requiringNew().call(() -> {
            Optional<Expired> expired = jdbi.withHandle(handle -> {
                Optional<Expired> found = handle.createQuery("""
                                SELECT id, terminal, content FROM shadow_copy WHERE state = 'KEPT' AND expires_at <= :now
                                ORDER BY expires_at LIMIT 1 FOR UPDATE SKIP LOCKED""")
                        .bind("now", Times.sql(clock.instant()))
                        .map((row, context) -> new Expired(
                                row.getString("id"), row.getString("terminal"), row.getObject("content", UUID.class)))
                        .findOne();
                found.ifPresent(copy -> {
                    handle.createUpdate("UPDATE shadow_copy SET state = 'EXPIRED', content = NULL WHERE id = :id")
                            .bind("id", copy.id())
                            .execute();
                    ArrivalStore.forget(handle, List.of(copy.content()));
                });
                return found;
            });
            expired.ifPresent(copy -> audit.recordAs(
                    AuditLog.NOBODY, "shadow-copy.expire", copy.id(), Map.of("terminal", copy.terminal())));
            return expired.isPresent();
        });
    }

    /** What is known of copies goes when their events go. */
    private void forget() {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "DELETE FROM shadow_copy WHERE state <> 'KEPT' AND known_at < :old")
                .bind("old", Times.sql(clock.instant().minus(settings.eventRetention())))
                .execute());
    }

    /** One whose time is over. */
    private record Expired(String id, String terminal, UUID content) {}
}
