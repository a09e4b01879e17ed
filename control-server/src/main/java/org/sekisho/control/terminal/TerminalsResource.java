package org.sekisho.control.terminal;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.audit.AuditLog;
import org.sekisho.control.identity.Jurisdiction;
import org.sekisho.control.identity.Role;
import org.sekisho.control.identity.WithinBranch;
import org.sekisho.control.organisation.OrgUnit;
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

    /** In the order that is asked for. */
    @GET
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.APPROVER, Role.Name.RESPONDER, Role.Name.AUDITOR})
    @WithinBranch
    @Operation(operationId = "listTerminals", summary = "Terminals, by host name or in another order")
    public TerminalPage list(@BeanParam @Valid TerminalQuery query) {
        return views.page(jurisdiction.reach(), query);
    }

    /** Figures about what {@link #list} would list. */
    @GET
    @Path("summary")
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.APPROVER, Role.Name.RESPONDER, Role.Name.AUDITOR})
    @WithinBranch
    @Operation(operationId = "summarizeTerminals", summary = "How many terminals stand how")
    public TerminalSummary summary(@BeanParam @Valid TerminalFilter filter) {
        return views.summary(jurisdiction.reach(), filter);
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

    /** It is taken out of use as planned; it is cut off as by a revocation. */
    @POST
    @Path("{id}/retire")
    @RolesAllowed(Role.Name.ADMINISTRATOR)
    @WithinBranch
    @Transactional
    @Operation(operationId = "retireTerminal", summary = "Take a terminal out of use")
    public TerminalView retire(@PathParam("id") String id, @NotNull @Valid Revocation revocation) {
        get(id);
        if (!terminals.retire(id, revocation.reason())) {
            throw ProblemException.stale("Terminal " + id + " has been taken out of use before");
        }
        audit.record("terminal.retire", id, Map.of("reason", revocation.reason()));
        return get(id);
    }

    /** A terminal that waits gets its policy, at once. */
    @POST
    @Path("{id}/approve")
    @RolesAllowed(Role.Name.ADMINISTRATOR)
    @WithinBranch
    @Transactional
    @Operation(operationId = "approveTerminal", summary = "Approve a terminal that waits for it")
    public TerminalView approve(@PathParam("id") String id) {
        get(id);
        if (!terminals.approve(id)) {
            throw ProblemException.stale("Terminal " + id + " does not wait for approval");
        }
        audit.record("terminal.approve", id, Map.of());
        return get(id);
    }

    /** Terminals go to another division; those that are connected are told at once. */
    @POST
    @Path("move")
    @RolesAllowed(Role.Name.ADMINISTRATOR)
    @WithinBranch
    @Transactional
    @Operation(operationId = "moveTerminals", summary = "Move terminals to another division")
    public TerminalPage move(@NotNull @Valid Move move) {
        OrgUnit unit = move.orgUnit() == null || move.orgUnit().isBlank() ? null : OrgUnit.parse(move.orgUnit());
        jurisdiction.require(unit);
        move.terminals().forEach(this::get);
        String path = unit == null ? "" : unit.path();
        terminals.move(move.terminals(), unit == null ? null : path);
        move.terminals().forEach(id -> audit.record("terminal.move", id, Map.of("orgUnit", path)));
        return new TerminalPage(move.terminals().stream().map(this::get).toList(), null);
    }

    /**
     * Where to.
     *
     * @param orgUnit the division's path; absent: to none
     */
    public record Move(
            @NotNull @NotEmpty @Size(max = Cursor.MAX_LIMIT) List<@NotBlank @Size(max = 64) String> terminals,

            @Size(max = 200) @Nullable String orgUnit) {}

    /** Why a terminal is cut off; goes to the audit log. */
    public record Revocation(@NotBlank @Size(max = 500) String reason) {}

    /** One page. */
    @Schema(requiredProperties = "items")
    public record TerminalPage(
            List<TerminalView> items, @Nullable String next) {}
}
