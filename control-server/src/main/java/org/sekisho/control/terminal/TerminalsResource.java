package org.sekisho.control.terminal;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.audit.AuditLog;
import org.sekisho.control.identity.Jurisdiction;
import org.sekisho.control.identity.Role;
import org.sekisho.control.identity.WithinBranch;
import org.sekisho.control.rest.Cursor;
import org.sekisho.control.rest.ProblemException;

/** Enrolled terminals. */
@Path("/api/v1/terminals")
@Tag(name = "terminals")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class TerminalsResource {
    private final TerminalViews views;
    private final TerminalStore terminals;
    private final AuditLog audit;
    private final Jurisdiction jurisdiction;

    @Inject
    TerminalsResource(TerminalViews views, TerminalStore terminals, AuditLog audit, Jurisdiction jurisdiction) {
        this.jurisdiction = jurisdiction;
        this.views = views;
        this.terminals = terminals;
        this.audit = audit;
    }

    /** By host name. */
    @GET
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.APPROVER, Role.Name.RESPONDER, Role.Name.AUDITOR})
    @WithinBranch
    @Operation(operationId = "listTerminals", summary = "Terminals by host name")
    public TerminalPage list(
            @QueryParam("state") TerminalView.@Nullable State state,
            @QueryParam("segment") @Nullable String segment,
            @QueryParam("q") @Size(max = 200) @Nullable String q,
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(Cursor.MAX_LIMIT) int limit,
            @QueryParam("after") @Nullable String after) {
        return views.page(jurisdiction.reach(), state, segment, q, limit, after);
    }

    /** One terminal. */
    @GET
    @Path("{id}")
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.APPROVER, Role.Name.RESPONDER, Role.Name.AUDITOR})
    @WithinBranch
    @Operation(operationId = "getTerminal", summary = "One terminal")
    public TerminalView get(@PathParam("id") String id) {
        return views.find(jurisdiction.reach(), id).orElseThrow(() -> ProblemException.notFound("terminal", id));
    }

    /** Its certificates are void from now on, and its stream is cut at once. */
    @POST
    @Path("{id}/revoke")
    @RolesAllowed(Role.Name.ADMINISTRATOR)
    @WithinBranch
    @Transactional
    @Operation(operationId = "revokeTerminal", summary = "Void a terminal's certificates and cut its stream")
    public TerminalView revoke(@PathParam("id") String id, @NotNull @Valid Revocation revocation) {
        get(id);
        if (!terminals.revoke(id, revocation.reason())) {
            throw ProblemException.stale("Terminal " + id + " has been revoked before");
        }
        audit.record("terminal.revoke", id, Map.of("reason", revocation.reason()));
        return get(id);
    }

    /** Why a terminal is cut off; goes to the audit log. */
    public record Revocation(@NotBlank @Size(max = 500) String reason) {}

    /** One page. */
    public record TerminalPage(
            List<TerminalView> items, @Nullable String next) {}
}
