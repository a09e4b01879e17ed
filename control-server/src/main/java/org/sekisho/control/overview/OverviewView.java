package org.sekisho.control.overview;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.alarm.AlarmCounts;
import org.sekisho.control.incident.IncidentView;
import org.sekisho.control.incident.IncidentsResource.IncidentCounts;
import org.sekisho.control.policy.PolicyView;
import org.sekisho.control.terminal.TerminalSummary;

/**
 * The state of the operator's part of the organisation.
 *
 * @param oldestIncident the open one that has waited longest; absent: none is open
 * @param policies each segment's newest, with how far it has come
 */
@Schema(
        name = "Overview",
        requiredProperties = {"attempts", "terminals", "alarms", "incidents", "permits", "policies"})
public record OverviewView(
        AttemptSeries attempts,
        TerminalSummary terminals,
        AlarmCounts alarms,
        IncidentCounts incidents,
        @Nullable IncidentView oldestIncident,
        PermitCounts permits,
        List<PolicyView> policies) {
    /** Copied. */
    public OverviewView {
        policies = List.copyOf(policies);
    }

    /**
     * Permits that can be used now.
     *
     * @param endingSoon of them, those that end within a day
     */
    @Schema(
            name = "PermitCounts",
            requiredProperties = {"inForce", "endingSoon"})
    public record PermitCounts(long inForce, long endingSoon) {}
}
