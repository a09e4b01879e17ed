package org.sekisho.control.incident;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.incident.IncidentChange.FindingChange;
import org.sekisho.control.incident.IncidentView.State;
import org.sekisho.control.rest.ProblemException;
import org.sekisho.control.store.Notifications;
import org.sekisho.control.store.Notifications.Topic;
import org.sekisho.control.store.Times;

/**
 * What responders do with an incident. Each change names the version it was made on and yields to one that came between, a
 * repetition that joined included: nobody closes what they haven't seen.
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

    /** Applies the change in the caller's transaction, or throws 404, 409 or 422. */
    void change(long id, IncidentChange change) {
        FindingChange finding = change.finding();
        boolean closes = change.state() == State.CLOSED;
        if (closes != (finding != null)) {
            throw new ProblemException(
                    422,
                    closes ? "finding-missing" : "finding-without-end",
                    closes
                            ? "An incident is closed with a finding: what was found, and why that is so"
                            : "A finding ends an incident: send it with the state CLOSED");
        }
        jdbi.useHandle(handle -> {
            int changed = update(handle, id, change, finding);
            if (changed == 0) {
                refuse(handle, id, change.version());
            }
            if (change.note() != null) {
                note(handle, id, change.note());
            }
            Notifications.tell(handle, Topic.INCIDENT, String.valueOf(id));
        });
    }

    private int update(Handle handle, long id, IncidentChange change, @Nullable FindingChange finding) {
        Update update = handle.createUpdate("""
                        UPDATE incident SET state = coalesce(:state, state),
                               owner = CASE WHEN :owner::text IS NULL THEN owner ELSE nullif(:owner, '') END,
                               tags = coalesce(:tags, tags),
                               finding = CASE WHEN :state::text IS NULL THEN finding ELSE :finding END,
                               finding_text = CASE WHEN :state::text IS NULL THEN finding_text ELSE :text END,
                               closed_at = CASE WHEN :state::text IS NULL THEN closed_at ELSE :closedAt::timestamptz END,
                               closed_by = CASE WHEN :state::text IS NULL THEN closed_by ELSE :closedBy END,
                               version = version + 1
                        WHERE id = :id AND version = :version""")
                .bind("state", change.state() == null ? null : change.state().name())
                .bind("owner", change.owner())
                .bind("finding", finding == null ? null : finding.kind().name())
                .bind("text", finding == null ? null : finding.text())
                .bind("closedAt", finding == null ? null : Times.sql(clock.instant()))
                .bind("closedBy", finding == null ? null : me())
                .bind("id", id)
                .bind("version", change.version());
        var tags = change.sortedTags();
        return (tags == null
                        ? update.bindNull("tags", java.sql.Types.ARRAY)
                        : update.bindArray("tags", String.class, tags.toArray()))
                .execute();
    }

    /** Sets the report clock, or stops it, in the caller's transaction. */
    void setClock(long id, ReportClockChange change) {
        Instant now = clock.instant();
        String flaw = change.flaw(now);
        if (flaw != null) {
            throw new ProblemException(422, "clock-impossible", flaw);
        }
        jdbi.useHandle(handle -> {
            int changed = handle.createUpdate("""
                            UPDATE incident SET leak_known_at = :known, leak_wrongful = :wrongful, leak_people = :people,
                                   preliminary_at = :preliminary, final_at = :final, version = version + 1
                            WHERE id = :id AND version = :version""")
                    .bind("known", sql(change.knownAt()))
                    .bind("wrongful", change.knownAt() != null && change.wrongful())
                    .bind("people", change.knownAt() == null ? null : change.people())
                    .bind("preliminary", sql(change.preliminaryAt()))
                    .bind("final", sql(change.finalAt()))
                    .bind("id", id)
                    .bind("version", change.version())
                    .execute();
            if (changed == 0) {
                refuse(handle, id, change.version());
            }
            Notifications.tell(handle, Topic.INCIDENT, String.valueOf(id));
        });
    }

    /** Links two; false if they were. */
    boolean link(long one, long other) {
        return jdbi.withHandle(handle -> {
            int added = handle.createUpdate(
                            "INSERT INTO incident_link (one, other, by, at) VALUES (:one, :other, :by, :at) ON CONFLICT DO NOTHING")
                    .bind("one", Math.min(one, other))
                    .bind("other", Math.max(one, other))
                    .bind("by", me())
                    .bind("at", Times.sql(clock.instant()))
                    .execute();
            return added > 0;
        });
    }

    /** Takes the link away; false if there was none. */
    boolean unlink(long one, long other) {
        return jdbi.withHandle(handle -> handle.execute(
                        "DELETE FROM incident_link WHERE one = ? AND other = ?",
                        Math.min(one, other),
                        Math.max(one, other)))
                > 0;
    }

    private void note(Handle handle, long id, String text) {
        handle.createUpdate("INSERT INTO incident_note (incident, at, by, text) VALUES (:id, :at, :by, :text)")
                .bind("id", id)
                .bind("at", Times.sql(clock.instant()))
                .bind("by", me())
                .bind("text", text)
                .execute();
    }

    private String me() {
        return operator.getPrincipal().getName();
    }

    private static java.time.@Nullable OffsetDateTime sql(@Nullable Instant instant) {
        return instant == null ? null : Times.sql(instant);
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
