package org.sekisho.control.incident;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
import org.sekisho.control.rest.Cursor;
import org.sekisho.control.rest.ProblemException;

/** The responders' work list. */
@Path("/api/v1/incidents")
@Tag(name = "incidents")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class IncidentsResource {
    private final IncidentSearch search;
    private final IncidentWork work;
    private final IncidentFeed feed;
    private final AuditLog audit;
    private final Jurisdiction jurisdiction;

    @Inject
    IncidentsResource(
            IncidentSearch search, IncidentWork work, IncidentFeed feed, AuditLog audit, Jurisdiction jurisdiction) {
        this.jurisdiction = jurisdiction;
        this.search = search;
        this.work = work;
        this.feed = feed;
        this.audit = audit;
    }

    /** Newest first. */
    @GET
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.APPROVER, Role.Name.RESPONDER, Role.Name.AUDITOR})
    @WithinBranch
    @Operation(operationId = "listIncidents", summary = "Incidents, newest first")
    public IncidentPage list(
            @QueryParam("state") IncidentView.@Nullable State state,
            @QueryParam("terminal") @Size(max = 64) @Nullable String terminal,
            @QueryParam("user") @Size(max = 256) @Nullable String user,
            @QueryParam("q") @Size(max = 200) @Nullable String q,
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(Cursor.MAX_LIMIT) int limit,
            @QueryParam("after") @Size(max = 1024) @Nullable String after) {
        return search.page(jurisdiction.reach(), state, terminal, user, q, limit, after);
    }

    /** One, with its newest events. */
    @GET
    @Path("{id}")
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.APPROVER, Role.Name.RESPONDER, Role.Name.AUDITOR})
    @WithinBranch
    @Operation(operationId = "getIncident", summary = "One incident with its newest 100 events")
    public IncidentView get(@PathParam("id") long id) {
        return search.find(jurisdiction.reach(), id).orElseThrow(() -> ProblemException.notFound("incident", id));
    }

    /** Changes state or owner, or adds a note; refused with 409 if somebody else changed it meanwhile. */
    @PATCH
    @Path("{id}")
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.RESPONDER})
    @WithinBranch
    @Transactional
    @Operation(operationId = "updateIncident", summary = "Change an incident's state or owner, or add a note")
    public IncidentView update(@PathParam("id") long id, @NotNull @Valid IncidentChange change) {
        get(id);
        work.change(id, change);
        Map<String, String> detail = new TreeMap<>();
        if (change.state() != null) {
            detail.put("state", change.state().name());
        }
        if (change.owner() != null) {
            detail.put("owner", change.owner());
        }
        if (change.note() != null) {
            detail.put("note", "added");
        }
        audit.record("incident.update", String.valueOf(id), detail);
        return get(id);
    }

    /** Live: new ones, and changes. */
    @GET
    @Path("stream")
    @Blocking
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.APPROVER, Role.Name.RESPONDER, Role.Name.AUDITOR})
    @WithinBranch
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

    /**
     * A change; what is absent stays.
     *
     * @param owner operator's name; empty: nobody
     * @param note added to the others
     * @param version as last seen
     */
    public record IncidentChange(
            IncidentView.@Nullable State state,
            @Size(max = 200) @Nullable String owner,
            @Size(min = 1, max = 4000) @Nullable String note,
            @NotNull Long version) {}

    /** One page. */
    public record IncidentPage(
            List<IncidentView> items, @Nullable String next) {}
}
