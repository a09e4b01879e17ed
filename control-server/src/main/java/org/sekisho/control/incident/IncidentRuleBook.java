package org.sekisho.control.incident;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.rest.ProblemException;
import org.sekisho.control.store.Notifications;
import org.sekisho.control.store.Notifications.Topic;
import org.sekisho.control.store.Times;

/** Keeps the rules that open incidents: read once, and again when any replica changed them. Thread-safe. */
@Singleton
public class IncidentRuleBook {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Jdbi jdbi;
    private final Clock clock;
    private final Notifications notifications;
    private volatile @Nullable IncidentRules current;

    @Inject
    IncidentRuleBook(Jdbi jdbi, Clock clock, Notifications notifications) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.notifications = notifications;
    }

    void start(@Observes StartupEvent event) {
        notifications.listen(Topic.INCIDENT_RULES, new Notifications.Listener() {
            @Override
            public void told(String payload) {
                current = null;
            }

            @Override
            public void maybeMissed() {
                current = null;
            }
        });
    }

    /** Those in force; a change on another replica is in force here within moments. */
    public IncidentRules rules() {
        IncidentRules known = current;
        if (known == null) {
            known = IncidentRules.of(newest().rules());
            current = known;
        }
        return known;
    }

    /** The newest version; 0 with the shipped rules where nobody has changed them. */
    Version newest() {
        return jdbi.withHandle(IncidentRuleBook::newest);
    }

    private static Version newest(Handle handle) {
        Optional<Version> changed = handle.createQuery("SELECT * FROM incident_rules ORDER BY version DESC LIMIT 1")
                .map((row, context) -> new Version(
                        row.getLong("version"),
                        read(row.getString("rules")),
                        row.getString("by"),
                        Times.instant(row, "at"),
                        row.getString("reason")))
                .findOne();
        return changed.orElse(new Version(0, IncidentRules.SHIPPED.all(), null, null, null));
    }

    /** Puts these in force from the next event on, in the caller's transaction; 409 if somebody else was faster. */
    void replace(List<IncidentRule> rules, long seen, String operator, String reason) {
        IncidentRules checked = IncidentRules.of(rules);
        jdbi.useHandle(handle -> {
            int added = handle.createUpdate("""
                            INSERT INTO incident_rules (version, rules, by, at, reason)
                            SELECT :next, :rules, :by, :at, :reason
                            WHERE :seen = (SELECT coalesce(max(version), 0) FROM incident_rules)
                            ON CONFLICT DO NOTHING""")
                    .bind("next", seen + 1)
                    .bind("seen", seen)
                    .bind("rules", write(checked.all()))
                    .bind("by", operator)
                    .bind("at", Times.sql(clock.instant()))
                    .bind("reason", reason)
                    .execute();
            if (added == 0) {
                throw ProblemException.stale(
                        "The incident rules have changed since version " + seen + "; load them again and repeat");
            }
            Notifications.tell(handle, Topic.INCIDENT_RULES, String.valueOf(seen + 1));
        });
    }

    private static List<IncidentRule> read(String json) {
        try {
            return JSON.readValue(json, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The stored incident rules cannot be read", e);
        }
    }

    private static String write(List<IncidentRule> rules) {
        try {
            return JSON.writeValueAsString(rules);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Incident rules are always JSON", e);
        }
    }

    /** A version of the rules; by nobody: as shipped. */
    record Version(
            long version,
            List<IncidentRule> rules,
            @Nullable String by,
            @Nullable Instant at,
            @Nullable String reason) {}
}
