package org.sekisho.control.incident;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.audit.AuditLog;
import org.sekisho.control.audit.ChainedEntry;
import org.sekisho.control.event.EventView;
import org.sekisho.control.event.EventViews;
import org.sekisho.control.event.StoredEvent;
import org.sekisho.control.incident.CasePermits.CasePermit;
import org.sekisho.control.incident.TimelineEntry.Relation;
import org.sekisho.control.incident.TimelineEntry.Timeline;
import org.sekisho.control.organisation.Reach;
import org.sekisho.control.store.Times;
import org.sekisho.v1.Event;

/** Puts what the person and the terminal did around an incident into one line of time. */
@Singleton
class IncidentTimeline {
    /** What a person can take in on one page. */
    private static final int OWN = 200;

    private static final int AROUND = 200;
    private static final String COLUMNS = "SELECT id, received_at, branch, incident, body FROM event";
    /** A terminal's clock may be so far ahead of the server's; bounds the days that are searched. */
    private static final Duration AHEAD = Duration.ofDays(1);

    private final Jdbi jdbi;
    private final AuditLog audit;
    private final CasePermits permits;

    @Inject
    IncidentTimeline(Jdbi jdbi, AuditLog audit, CasePermits permits) {
        this.jdbi = jdbi;
        this.audit = audit;
        this.permits = permits;
    }

    Timeline of(Reach reach, IncidentView incident, Duration around) {
        Instant from = incident.firstAt().minus(around);
        Instant to = incident.lastAt().plus(around);
        List<TimelineEntry> entries = new ArrayList<>();
        boolean truncated = jdbi.withHandle(handle -> {
            List<StoredEvent> own = own(handle, incident.id());
            own.forEach(event -> entries.add(entry(event, Relation.INCIDENT)));
            List<StoredEvent> near = around(handle, reach, incident, from, to);
            near.forEach(event -> entries.add(entry(event, relation(event, incident))));
            return own.size() == OWN || near.size() == AROUND;
        });
        audit.ofIncident(incident.id()).stream()
                .filter(act -> !act.entry().action().equals("incident.view"))
                .forEach(act -> entries.add(desk(act)));
        entries.sort(Comparator.comparing(TimelineEntry::at));
        return new Timeline(entries, from, to, truncated);
    }

    private static List<StoredEvent> own(Handle handle, long id) {
        return handle.createQuery(COLUMNS + " WHERE incident = :id ORDER BY id DESC LIMIT :most")
                .bind("id", id)
                .bind("most", OWN)
                .map((row, context) -> StoredEvent.of(row))
                .list();
    }

    private static List<StoredEvent> around(
            Handle handle, Reach reach, IncidentView incident, Instant from, Instant to) {
        String whose = incident.user() == null
                ? "terminal = :terminal"
                : "(terminal = :terminal OR (user_name = :user AND " + reach.terminalCondition("terminal") + "))";
        var query = handle.createQuery(COLUMNS + " WHERE " + whose + """
                         AND occurred_at BETWEEN :from AND :to AND received_at >= :since AND incident IS DISTINCT FROM :id
                         AND kind <> :checkpoint
                        ORDER BY least(abs(extract(epoch FROM occurred_at - :first)), abs(extract(epoch FROM occurred_at - :last)))
                        LIMIT :most""")
                .setQueryTimeout(20)
                .bind("terminal", incident.terminal())
                .bind("from", Times.sql(from))
                .bind("to", Times.sql(to))
                .bind("since", Times.sql(from.minus(AHEAD)))
                .bind("id", incident.id())
                .bind("checkpoint", Event.CHECKPOINT_FIELD_NUMBER)
                .bind("first", Times.sql(incident.firstAt()))
                .bind("last", Times.sql(incident.lastAt()))
                .bind("most", AROUND);
        if (incident.user() != null) {
            reach.bind(query.bind("user", incident.user()));
        }
        return query.map((row, context) -> StoredEvent.of(row)).list();
    }

    private static Relation relation(StoredEvent stored, IncidentView incident) {
        String user = stored.event().getAttempt().getCircumstances().getUser();
        return !user.isEmpty() && user.equals(incident.user()) ? Relation.PERSON : Relation.TERMINAL;
    }

    private TimelineEntry entry(StoredEvent stored, Relation relation) {
        Event event = stored.event();
        EventView view = EventViews.of(stored);
        boolean shown = relation == Relation.INCIDENT || !event.hasAttempt();
        String rule = shown ? view.rule() : null;
        CasePermit permit = event.hasAttempt() ? permits.of(event).orElse(null) : null;
        return new TimelineEntry(
                view.occurredAt(),
                relation,
                view.terminal(),
                view.seq(),
                view.kind(),
                view.channel(),
                view.verdict(),
                view.enforcement(),
                view.severity(),
                reason(event),
                rule,
                view.revision() == 0 ? null : view.revision(),
                view.labels(),
                shown ? view.masked() : null,
                null,
                permit);
    }

    private static @Nullable String reason(Event event) {
        return event.hasAttempt() && event.getAttempt().getDecision().getVerdictValue() != 0
                ? event.getAttempt().getDecision().getReason().name()
                : null;
    }

    private static TimelineEntry desk(ChainedEntry act) {
        return new TimelineEntry(
                act.entry().at(),
                Relation.DESK,
                null,
                null,
                act.entry().action(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                act.entry().detail().equals("{}") ? null : act.entry().detail(),
                act.entry().operator(),
                null);
    }
}
