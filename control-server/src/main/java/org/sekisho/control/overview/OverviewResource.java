package org.sekisho.control.overview;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jdbi.v3.core.Jdbi;
import org.sekisho.control.alarm.Alarms;
import org.sekisho.control.identity.Jurisdiction;
import org.sekisho.control.identity.Role;
import org.sekisho.control.identity.SignedIn;
import org.sekisho.control.identity.WithinBranch;
import org.sekisho.control.incident.IncidentSearch;
import org.sekisho.control.organisation.Reach;
import org.sekisho.control.overview.OverviewView.PermitCounts;
import org.sekisho.control.policy.PolicyStore;
import org.sekisho.control.store.Times;
import org.sekisho.control.terminal.TerminalFilter;
import org.sekisho.control.terminal.TerminalViews;

/** The start page, in one answer. */
@Path("/api/v1/overview")
@Tag(name = "overview")
@Produces(MediaType.APPLICATION_JSON)
public class OverviewResource {
    private static final Duration SOON = Duration.ofDays(1);

    private final AttemptCounts attempts;
    private final TerminalViews terminals;
    private final Alarms alarms;
    private final IncidentSearch incidents;
    private final PolicyStore policies;
    private final Jdbi jdbi;
    private final Clock clock;
    private final Jurisdiction jurisdiction;
    private final SignedIn operator;

    @Inject
    OverviewResource(
            AttemptCounts attempts,
            TerminalViews terminals,
            Alarms alarms,
            IncidentSearch incidents,
            PolicyStore policies,
            Jdbi jdbi,
            Clock clock,
            Jurisdiction jurisdiction,
            SignedIn operator) {
        this.attempts = attempts;
        this.terminals = terminals;
        this.alarms = alarms;
        this.incidents = incidents;
        this.policies = policies;
        this.jdbi = jdbi;
        this.clock = clock;
        this.jurisdiction = jurisdiction;
        this.operator = operator;
    }

    /** How things stand, and how attempts went over the last days. */
    @GET
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.APPROVER, Role.Name.RESPONDER, Role.Name.AUDITOR})
    @WithinBranch
    @Operation(operationId = "getOverview", summary = "How things stand, and attempts over the last days")
    public OverviewView get(
            @QueryParam("days") @DefaultValue("30") @Min(1) @Max(366) int days,
            @Parameter(
                            description =
                                    "Minutes by which the caller's time is ahead of UTC, so that days begin at midnight")
                    @QueryParam("utcOffset")
                    @DefaultValue("0")
                    @Min(-1080)
                    @Max(1080)
                    int utcOffset) {
        Reach reach = jurisdiction.reach();
        return new OverviewView(
                attempts.series(reach, days, utcOffset),
                terminals.summary(reach, new TerminalFilter()),
                alarms.counts(reach),
                incidents.counts(reach, operator.name()),
                incidents.oldestOpen(reach).orElse(null),
                permits(reach),
                policies.newest(reach));
    }

    private PermitCounts permits(Reach reach) {
        Instant now = clock.instant();
        return jdbi.withHandle(handle -> reach.bind(handle.createQuery("""
                                SELECT count(*) AS in_force, count(*) FILTER (WHERE p.until_at < :soon) AS ending
                                FROM permit p JOIN terminal t ON t.id = p.terminal
                                WHERE p.revoked_at IS NULL AND p.from_at <= :now AND p.until_at > :now
                                  AND (p.uses = 0 OR p.used < p.uses) AND %s""".formatted(reach.condition("t.org_unit")))
                        .bind("now", Times.sql(now))
                        .bind("soon", Times.sql(now.plus(SOON))))
                .map((row, context) -> new PermitCounts(row.getLong("in_force"), row.getLong("ending")))
                .one());
    }
}
