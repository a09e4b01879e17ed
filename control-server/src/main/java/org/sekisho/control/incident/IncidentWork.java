package org.sekisho.control.incident;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sekisho.control.incident.IncidentsResource.IncidentChange;
import org.sekisho.control.rest.ProblemException;
import org.sekisho.control.store.Notifications;
import org.sekisho.control.store.Notifications.Topic;
import org.sekisho.control.store.Times;

/**
 * What responders do with an incident. A repetition that joins also counts as a change, but never as one that a
 * responder's change must yield to.
 */
@Singleton
class IncidentWork {
    private final Jdbi jdbi;
    private final SecurityIdentity operator;
    private final Clock clock;

    @Inject
    IncidentWork(Jdbi jdbi, SecurityIdentity operator, Clock clock) {
        this.jdbi = jdbi;
        this.operator = operator;
        this.clock = clock;
    }

    /** Applies the change in the caller's transaction, or throws 404 or 409. */
    void change(long id, IncidentChange change) {
        jdbi.useHandle(handle -> {
            int changed = handle.createUpdate("""
                            UPDATE incident SET state = coalesce(:state, state),
                                   owner = CASE WHEN :owner::text IS NULL THEN owner ELSE nullif(:owner, '') END, version = version + 1
                            WHERE id = :id AND version = :version""")
                    .bind(
                            "state",
                            change.state() == null ? null : change.state().name())
                    .bind("owner", change.owner())
                    .bind("id", id)
                    .bind("version", change.version())
                    .execute();
            if (changed == 0) {
                refuse(handle, id, change.version());
            }
            if (change.note() != null) {
                note(handle, id, change.note());
            }
            Notifications.tell(handle, Topic.INCIDENT, String.valueOf(id));
        });
    }

    private void note(Handle handle, long id, String text) {
        handle.createUpdate("INSERT INTO incident_note (incident, at, by, text) VALUES (:id, :at, :by, :text)")
                .bind("id", id)
                .bind("at", Times.sql(clock.instant()))
                .bind("by", operator.getPrincipal().getName())
                .bind("text", text)
                .execute();
    }

    private static void refuse(Handle handle, long id, long version) {
        boolean exists = handle.createQuery("SELECT EXISTS (SELECT 1 FROM incident WHERE id = :id)")
                .bind("id", id)
                .mapTo(Boolean.class)
                .one();
        if (!exists) {
            throw ProblemException.notFound("incident", id);
        }
        throw ProblemException.stale(
                "Incident " + id + " has changed since version " + version + "; load it again and repeat");
    }
}
