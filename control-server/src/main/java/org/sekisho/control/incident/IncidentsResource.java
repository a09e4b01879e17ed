package org.sekisho.control.incident;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.audit.AuditLog;
import org.sekisho.control.identity.Jurisdiction;
import org.sekisho.control.identity.Role;
import org.sekisho.control.identity.WithinBranch;
import org.sekisho.control.incident.SimilarIncidents.SimilarPage;
import org.sekisho.control.incident.TimelineEntry.Timeline;
import org.sekisho.control.rest.ProblemException;

/** The responders' work list. Whoever looks at what one is about leaves an entry in the audit log. */
@Path("/api/v1/incidents")
@Tag(name = "incidents")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@WithinBranch
public class IncidentsResource {
    private final IncidentSearch search;
    private final IncidentWork work;
    private final IncidentFeed feed;
    private final IncidentTimeline timelines;
    private final SimilarIncidents similar;
    private final IncidentLooks looks;
    private final AuditLog audit;
    private final Jurisdiction jurisdiction;
    private final SecurityIdentity operator;

    @Inject
    IncidentsResource(
            IncidentSearch search,
            IncidentWork work,
            IncidentFeed feed,
            IncidentTimeline timelines,
            SimilarIncidents similar,
            IncidentLooks looks,
            AuditLog audit,
            Jurisdiction jurisdiction,
            SecurityIdentity operator) {
        this.search = search;
        this.work = work;
        this.feed = feed;
        this.timelines = timelines;
        this.similar = similar;
        this.looks = looks;
        this.audit = audit;
        this.jurisdiction = jurisdiction;
        this.operator = operator;
    }

    /** Newest first. */
    @GET
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.APPROVER, Role.Name.RESPONDER, Role.Name.AUDITOR})
    @Operation(operationId = "listIncidents", summary = "Incidents, newest first")
    public IncidentPage list(@BeanParam @Valid IncidentFilter filter) {
        return search.page(jurisdiction.reach(), me(), filter);
    }

    /** What waits, in numbers. */
    @GET
    @Path("counts")
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.APPROVER, Role.Name.RESPONDER, Role.Name.AUDITOR})
    @Operation(operationId = "countIncidents", summary = "How many incidents are new, mine, overdue, open")
    public IncidentCounts counts() {
        return search.counts(jurisdiction.reach(), me());
    }

    /** One, with its newest events. */
    @GET
    @Path("{id}")
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.APPROVER, Role.Name.RESPONDER, Role.Name.AUDITOR})
    @Transactional
    @Operation(operationId = "getIncident", summary = "One incident with its newest 100 events; the look is recorded")
    public IncidentView get(@PathParam("id") long id) {
        IncidentView found = found(id);
        looks.record(id);
        return found;
    }

    /** What happened around it. */
    @GET
    @Path("{id}/timeline")
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.APPROVER, Role.Name.RESPONDER, Role.Name.AUDITOR})
    @Transactional
    @Operation(
            operationId = "getIncidentTimeline",
            summary = "What the person and the terminal did around the incident; the look is recorded")
    public Timeline timeline(
            @PathParam("id") long id, @QueryParam("minutes") @DefaultValue("30") @Min(1) @Max(1440) int minutes) {
        IncidentView incident = found(id);
        looks.record(id);
        return timelines.of(jurisdiction.reach(), incident, Duration.ofMinutes(minutes));
    }

    /** What has something in common with it. */
    @GET
    @Path("{id}/similar")
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.APPROVER, Role.Name.RESPONDER, Role.Name.AUDITOR})
    @Operation(
            operationId = "listSimilarIncidents",
            summary = "Incidents with the same number's fingerprint, device or person")
    public SimilarPage similar(@PathParam("id") long id) {
        found(id);
        return new SimilarPage(similar.of(jurisdiction.reach(), id), null);
    }

    /** Changes it, or adds a note; refused with 409 if somebody else changed it meanwhile. */
    @PATCH
    @Path("{id}")
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.RESPONDER})
    @Transactional
    @Operation(
            operationId = "updateIncident",
            summary = "Change an incident's state, owner or tags, add a note, or close it with a finding")
    public IncidentView update(@PathParam("id") long id, @NotNull @Valid IncidentChange change) {
        found(id);
        work.change(id, change);
        audit.record("incident.update", String.valueOf(id), change.audited());
        return found(id);
    }

    /** Starts, corrects or stops the guideline's clock. */
    @PUT
    @Path("{id}/report-clock")
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.RESPONDER})
    @Transactional
    @Operation(
            operationId = "setReportClock",
            summary = "Say since when a leak is known, and which reports were handed in")
    public IncidentView setClock(@PathParam("id") long id, @NotNull @Valid ReportClockChange change) {
        found(id);
        work.setClock(id, change);
        audit.record("incident.report-clock", String.valueOf(id), change.audited());
        return found(id);
    }

    /** Says that two belong together. */
    @PUT
    @Path("{id}/links/{other}")
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.RESPONDER})
    @Transactional
    @Operation(operationId = "linkIncidents", summary = "Link two incidents that belong together")
    public IncidentView link(@PathParam("id") long id, @PathParam("other") long other) {
        found(id);
        found(other);
        if (id == other) {
            throw ProblemException.badRequest("An incident is not linked with itself");
        }
        if (work.link(id, other)) {
            audit.record("incident.link", String.valueOf(id), Map.of("other", String.valueOf(other)));
        }
        return found(id);
    }

    /** Says that they don't. */
    @DELETE
    @Path("{id}/links/{other}")
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.RESPONDER})
    @Transactional
    @Operation(operationId = "unlinkIncidents", summary = "Take away the link between two incidents")
    public IncidentView unlink(@PathParam("id") long id, @PathParam("other") long other) {
        found(id);
        found(other);
        if (!work.unlink(id, other)) {
            throw ProblemException.notFound("link", id + "–" + other);
        }
        audit.record("incident.unlink", String.valueOf(id), Map.of("other", String.valueOf(other)));
        return found(id);
    }

    /** Live: new ones, and changes. */
    @GET
    @Path("stream")
    @Blocking
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.APPROVER, Role.Name.RESPONDER, Role.Name.AUDITOR})
    @Operation(
            operationId = "streamIncidents",
            summary = "Incidents as they change: server-sent events `incident` and `lagged`")
    @APIResponse(
            responseCode = "200",
            description = "Each `incident` carries an Incident as data",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            schema = @Schema(implementation = IncidentView.class)))
    public Multi<OutboundSseEvent> stream(@Context Sse sse) {
        return feed.follow(sse);
    }

    private IncidentView found(long id) {
        return search.find(jurisdiction.reach(), id).orElseThrow(() -> ProblemException.notFound("incident", id));
    }

    private String me() {
        return operator.getPrincipal().getName();
    }

    /** One page. */
    @Schema(requiredProperties = "items")
    public record IncidentPage(
            List<IncidentView> items, @Nullable String next) {}

    /** What waits. */
    @Schema(
            name = "IncidentCounts",
            requiredProperties = {"fresh", "mine", "overdue", "open"})
    public record IncidentCounts(long fresh, long mine, long overdue, long open) {}
}
