package org.sekisho.control.event;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.event.EventView.Grade;
import org.sekisho.control.event.EventView.LabelView;
import org.sekisho.control.rest.WireNames;
import org.sekisho.v1.AttemptEvent;
import org.sekisho.v1.Decision;
import org.sekisho.v1.Enforcement;
import org.sekisho.v1.Event;
import org.sekisho.v1.Label;

/** Makes an event's view from its recorded bytes, when somebody looks at it. Pure. */
public final class EventViews {
    private EventViews() {}

    /** The view of a stored event for what doesn't show its chain, which is left pending. */
    public static EventView of(StoredEvent stored) {
        return of(stored, EventView.Chain.PENDING);
    }

    /** The view of a stored event. */
    public static EventView of(StoredEvent stored, EventView.Chain chain) {
        Event event = stored.event();
        Instant occurred = Instant.EPOCH.plus(event.getOccurredAtMicros(), ChronoUnit.MICROS);
        EventParties parties = EventParties.of(event);
        AttemptEvent attempt = event.hasAttempt() ? event.getAttempt() : null;
        // A copy is seen, and decided only when somebody pastes it.
        Decision decided =
                attempt == null || attempt.getDecision().getVerdictValue() == 0 ? null : attempt.getDecision();
        return new EventView(
                event.getTerminal(),
                HexFormat.of().formatHex(event.getBoot().toByteArray()),
                event.getSeq(),
                occurred,
                stored.receivedAt(),
                EventKind.name(event),
                parties.channel(),
                decided == null ? null : WireNames.verdict(decided.getVerdictValue()),
                attempt != null && attempt.getEnforcement() == Enforcement.ENFORCED,
                attempt == null ? null : enforcement(attempt.getEnforcement()),
                decided == null ? null : WireNames.severity(decided.getSeverityValue()),
                emptyToNull(attempt == null ? "" : attempt.getCircumstances().getUser()),
                parties.source() == null ? parties.destination() : parties.source(),
                emptyToNull(attempt == null ? "" : attempt.getDecision().getRule()),
                revision(event, attempt),
                attempt == null
                        ? List.of()
                        : attempt.getAttempt().getLabelsList().stream()
                                .map(EventViews::label)
                                .toList(),
                EventSummary.of(event),
                parties.source(),
                parties.destination(),
                attempt == null ? 1 : Math.max(1, attempt.getCount()),
                stored.incident(),
                stored.branch(),
                chain,
                new EventDetail(event));
    }

    private static long revision(Event event, @Nullable AttemptEvent attempt) {
        if (attempt != null) {
            Decision decision = attempt.getDecision();
            return decision.getRevision();
        }
        return event.hasPolicyApplied() ? event.getPolicyApplied().getRevision() : 0;
    }

    private static LabelView label(Label label) {
        boolean high = label.getGrade() == org.sekisho.v1.Grade.HIGH_CONFIDENCE;
        return new LabelView(label.getLabel(), label.getCount(), high ? Grade.high : Grade.low);
    }

    private static String enforcement(Enforcement enforcement) {
        return switch (enforcement) {
            case ENFORCED -> "ENFORCED";
            case AUDIT_ONLY -> "AUDIT_ONLY";
            case NOT_ENFORCED, ENFORCEMENT_UNSPECIFIED, UNRECOGNIZED -> "NOT_ENFORCED";
        };
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
