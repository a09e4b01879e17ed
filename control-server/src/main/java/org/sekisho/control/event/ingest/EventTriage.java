package org.sekisho.control.event.ingest;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.incident.IncidentKind;
import org.sekisho.control.incident.IncidentReport;
import org.sekisho.control.incident.IncidentRules;
import org.sekisho.control.incident.Traces;
import org.sekisho.v1.AttemptEvent;
import org.sekisho.v1.Decision;
import org.sekisho.v1.DocumentKind;
import org.sekisho.v1.Enforcement;
import org.sekisho.v1.Event;
import org.sekisho.v1.Severity;

/** Which events a person must look at, or may have to when they repeat. Pure. */
final class EventTriage {
    private EventTriage() {}

    /** A report, or null for what is only recorded. */
    static @Nullable IncidentReport of(Event event, IncidentRules rules) {
        return switch (event.getBodyCase()) {
            case ATTEMPT -> attempt(event, rules);
            case LOSS ->
                about(IncidentKind.LOSS, event)
                        .withDetail(event.getLoss().getCount() + " events lost: "
                                + event.getLoss().getCause());
            case CLOCK_JUMPED ->
                about(IncidentKind.CLOCK_JUMP, event)
                        .withDetail("by " + event.getClockJumped().getJumpMillis() + " ms");
            case TAMPERED ->
                about(IncidentKind.TAMPER, event).withDetail(event.getTampered().getWhat());
            case POLICY_REFUSED ->
                about(IncidentKind.POLICY_REFUSED, event)
                        .withDetail(document(event.getPolicyRefused().getDocument())
                                + "revision " + event.getPolicyRefused().getClaimedRevision() + ": "
                                + event.getPolicyRefused().getRefusal());
            case DESKTOP_GAP -> event.getDesktopGap().getRestricted() ? about(IncidentKind.DESKTOP_GAP, event) : null;
            case AGENT_STARTED,
                    AGENT_STOPPED,
                    POLICY_APPLIED,
                    CHANNEL_STATE_CHANGED,
                    CHECKPOINT,
                    JOURNAL_STATE,
                    ENROLLED,
                    COMMAND_DONE,
                    PERMIT_USED,
                    BODY_NOT_SET -> null;
        };
    }

    /** Whatever a rule of the incident desk concerns. */
    private static @Nullable IncidentReport attempt(Event event, IncidentRules rules) {
        AttemptEvent attempt = event.getAttempt();
        Decision decision = attempt.getDecision();
        if (!rules.concerns(
                attempt.getAttempt().getChannelValue(), decision.getVerdictValue(), decision.getSeverityValue())) {
            return null;
        }
        Instant at = at(event);
        return new IncidentReport(
                IncidentKind.ATTEMPT,
                decision.getSeverity() == Severity.SEVERITY_UNSPECIFIED
                                || decision.getSeverity() == Severity.UNRECOGNIZED
                        ? Severity.LOW
                        : decision.getSeverity(),
                event.getTerminal(),
                Columns.text(attempt.getCircumstances().getUser()),
                Columns.text(decision.getRule()),
                attempt.getAttempt().getChannelValue(),
                decision.getVerdictValue(),
                Traces.of(attempt.getAttempt()),
                attempt.getEnforcement() == Enforcement.AUDIT_ONLY
                        ? "audit only: nothing was stopped"
                        : attempt.getEnforcement() == Enforcement.ENFORCED ? "" : "the verdict was not enforced",
                Math.max(1, Integer.toUnsignedLong(attempt.getCount())),
                at,
                at);
    }

    private static String document(DocumentKind kind) {
        return switch (kind) {
            case PERMIT_BOOK -> "permits, ";
            case MEDIA_REGISTER -> "media register, ";
            case DOCUMENT_KIND_UNSPECIFIED, UNRECOGNIZED -> "";
        };
    }

    private static IncidentReport about(IncidentKind kind, Event event) {
        return IncidentReport.about(kind, event.getTerminal()).between(at(event), at(event));
    }

    private static Instant at(Event event) {
        return Instant.EPOCH.plus(Columns.storable(event.getOccurredAtMicros()), ChronoUnit.MICROS);
    }
}
