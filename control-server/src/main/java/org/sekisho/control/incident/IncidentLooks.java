package org.sekisho.control.incident;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.sekisho.control.audit.AuditLog;
import org.sekisho.control.store.Times;

/** Records that somebody looked at what an incident is about. The console looks again every few seconds; that is one look. */
@Singleton
public class IncidentLooks {
    /** Who comes back after this looks again. */
    private static final Duration ONE_LOOK = Duration.ofMinutes(15);

    private final Jdbi jdbi;
    private final SecurityIdentity operator;
    private final AuditLog audit;
    private final Clock clock;

    @Inject
    IncidentLooks(Jdbi jdbi, SecurityIdentity operator, AuditLog audit, Clock clock) {
        this.jdbi = jdbi;
        this.operator = operator;
        this.audit = audit;
        this.clock = clock;
    }

    /** In the caller's transaction. */
    public void record(long incident) {
        Instant now = clock.instant();
        int looked = jdbi.withHandle(handle -> handle.createUpdate("""
                        INSERT INTO incident_look (incident, operator, at) VALUES (:incident, :operator, :now)
                        ON CONFLICT (incident, operator) DO UPDATE SET at = :now WHERE incident_look.at < :before""")
                .bind("incident", incident)
                .bind("operator", operator.getPrincipal().getName())
                .bind("now", Times.sql(now))
                .bind("before", Times.sql(now.minus(ONE_LOOK)))
                .execute());
        if (looked > 0) {
            audit.record("incident.view", String.valueOf(incident), Map.of());
        }
    }
}
