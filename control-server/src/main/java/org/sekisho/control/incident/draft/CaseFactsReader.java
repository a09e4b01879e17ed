package org.sekisho.control.incident.draft;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.event.StoredEvent;
import org.sekisho.control.incident.IncidentView;
import org.sekisho.control.incident.draft.CaseFacts.Measure;
import org.sekisho.control.rest.WireNames;
import org.sekisho.control.store.Times;
import org.sekisho.v1.AttemptEvent;
import org.sekisho.v1.CommandKind;
import org.sekisho.v1.CommandState;
import org.sekisho.v1.Enforcement;
import org.sekisho.v1.Event;
import org.sekisho.v1.Label;
import org.sekisho.v1.Reason;

/** Gathers what the record says of a case. Thread-safe. */
@Singleton
class CaseFactsReader {
    /** Of an incident with more, people look at the evidence pack; bounds what one request reads. */
    static final int MOST_EVENTS = 10_000;
    /** What a page of a report takes. */
    private static final int MOST_MEASURES = 20;

    private final Jdbi jdbi;

    @Inject
    CaseFactsReader(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    CaseFacts read(IncidentView incident) {
        return jdbi.withHandle(handle -> {
            Optional<Place> place = place(handle, incident.terminal());
            Tally tally = new Tally();
            handle.createQuery("SELECT id, received_at, branch, incident, body FROM event"
                            + " WHERE incident = :id AND kind = :attempt ORDER BY id LIMIT :most")
                    .bind("id", incident.id())
                    .bind("attempt", Event.ATTEMPT_FIELD_NUMBER)
                    .bind("most", MOST_EVENTS + 1)
                    .map((row, context) -> StoredEvent.of(row))
                    .forEach(stored -> tally.add(stored.event().getAttempt()));
            List<Measure> measures = new ArrayList<>(commands(handle, incident));
            place.ifPresent(where -> {
                measures.addAll(policies(handle, where.segment(), incident.openedAt()));
                if (where.revokedAt() != null && !where.revokedAt().isBefore(incident.firstAt())) {
                    measures.add(new Measure(where.revokedAt(), "REVOKED", null, ""));
                }
            });
            measures.sort(Comparator.comparing(Measure::at));
            return new CaseFacts(
                    place.map(Place::orgUnit).orElse(null),
                    place.map(Place::segment).map(WireNames::segment).orElse(null),
                    tally.stopped,
                    tally.others,
                    tally.labels,
                    tally.events > MOST_EVENTS,
                    measures.subList(0, Math.min(MOST_MEASURES, measures.size())));
        });
    }

    private static Optional<Place> place(Handle handle, String terminal) {
        return handle.createQuery("SELECT org_unit, segment, revoked_at FROM terminal WHERE id = :id")
                .bind("id", terminal)
                .map((row, context) -> new Place(
                        row.getString("org_unit"), row.getInt("segment"), Times.instantOrNull(row, "revoked_at")))
                .findOne();
    }

    /** Those that keep information in; a look or a message is no measure. */
    private static List<Measure> commands(Handle handle, IncidentView incident) {
        return handle.createQuery("""
                        SELECT kind, state, ordered_at FROM command
                        WHERE terminal = :terminal AND ordered_at >= :since AND kind = ANY (:kinds) ORDER BY number LIMIT :most""")
                .bind("terminal", incident.terminal())
                .bind("since", Times.sql(incident.firstAt()))
                .bindArray(
                        "kinds",
                        Integer.class,
                        CommandKind.LOCK_SESSIONS_VALUE,
                        CommandKind.ISOLATE_VALUE,
                        CommandKind.RELEASE_VALUE)
                .bind("most", MOST_MEASURES)
                .map((row, context) -> command(row))
                .list();
    }

    private static Measure command(ResultSet row) throws SQLException {
        CommandKind kind = CommandKind.forNumber(row.getInt("kind"));
        CommandState state = CommandState.forNumber(row.getInt("state"));
        return new Measure(
                Times.instant(row, "ordered_at"), String.valueOf(kind), state == null ? null : state.name(), "");
    }

    private static List<Measure> policies(Handle handle, int segment, Instant since) {
        return handle.createQuery("""
                        SELECT revision, published_at FROM policy
                        WHERE segment = :segment AND published_at >= :since ORDER BY revision LIMIT :most""")
                .bind("segment", segment)
                .bind("since", Times.sql(since))
                .bind("most", MOST_MEASURES)
                .map((row, context) ->
                        new Measure(Times.instant(row, "published_at"), "POLICY", null, row.getString("revision")))
                .list();
    }

    private record Place(
            @Nullable String orgUnit, int segment, @Nullable Instant revokedAt) {}

    /** Adds up attempts. */
    private static final class Tally {
        private final SortedMap<String, Long> labels = new TreeMap<>();
        private int events;
        private long stopped;
        private long others;

        void add(AttemptEvent attempt) {
            if (++events > MOST_EVENTS) {
                return;
            }
            long times = Math.max(1, attempt.getCount());
            if (isStopped(attempt)) {
                stopped += times;
            } else {
                others += times;
            }
            for (Label label : attempt.getAttempt().getLabelsList()) {
                labels.merge(label.getLabel(), times * label.getCount(), Long::sum);
            }
        }

        /** What needed a reason stays stopped until one is given. */
        private static boolean isStopped(AttemptEvent attempt) {
            boolean refused = switch (attempt.getDecision().getVerdict()) {
                case BLOCK -> true;
                case JUSTIFY -> attempt.getDecision().getReason() != Reason.JUSTIFICATION_GIVEN;
                default -> false;
            };
            return refused && attempt.getEnforcement() == Enforcement.ENFORCED;
        }
    }
}
