package org.sekisho.control.permit;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
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
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.audit.AuditLog;
import org.sekisho.control.event.EventView;
import org.sekisho.control.identity.Jurisdiction;
import org.sekisho.control.identity.Role;
import org.sekisho.control.identity.WithinBranch;
import org.sekisho.control.media.Device;
import org.sekisho.control.media.MediaResource.EventRef;
import org.sekisho.control.permit.PermitView.Direction;
import org.sekisho.control.permit.PermitView.State;
import org.sekisho.control.rest.Cursor;
import org.sekisho.control.rest.ProblemException;
import org.sekisho.policy.PermitCheck;

/** Permits: granted, listed, revoked, and what happened under each. */
@Path("/api/v1/permits")
@Tag(name = "permits")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@WithinBranch
public class PermitsResource {
    private final PermitStore permits;
    private final PermitOffice office;
    private final PermitUses uses;
    private final AuditLog audit;
    private final Jurisdiction jurisdiction;

    @Inject
    PermitsResource(
            PermitStore permits, PermitOffice office, PermitUses uses, AuditLog audit, Jurisdiction jurisdiction) {
        this.permits = permits;
        this.office = office;
        this.uses = uses;
        this.audit = audit;
        this.jurisdiction = jurisdiction;
    }

    /** Newest first. */
    @GET
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.APPROVER, Role.Name.RESPONDER, Role.Name.AUDITOR})
    @Operation(operationId = "listPermits", summary = "Permits, newest first")
    public PermitPage list(
            @QueryParam("state") @Nullable State state,
            @QueryParam("terminal") @Size(max = 64) @Nullable String terminal,
            @QueryParam("user") @Size(max = 256) @Nullable String user,
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(Cursor.MAX_LIMIT) int limit,
            @QueryParam("after") @Size(max = 1024) @Nullable String after) {
        List<PermitView> found = permits.list(
                jurisdiction.reach(),
                new PermitStore.Filter(state, terminal, user),
                limit + 1,
                after == null ? null : cursor(after));
        if (found.size() <= limit) {
            return new PermitPage(found, null);
        }
        PermitView last = found.get(limit - 1);
        return new PermitPage(List.copyOf(found.subList(0, limit)), Cursor.of(last.grantedAt(), last.id()));
    }

    private static List<String> cursor(String after) {
        List<String> key = Cursor.read(after, 2);
        try {
            Instant.parse(key.get(0));
            UUID.fromString(key.get(1));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw ProblemException.badRequest("The cursor in `after` is not one that this server gave");
        }
        return key;
    }

    /** One permit. */
    @GET
    @Path("{id}")
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.APPROVER, Role.Name.RESPONDER, Role.Name.AUDITOR})
    @Operation(operationId = "getPermit", summary = "One permit")
    public PermitView get(@PathParam("id") UUID id) {
        return permits.find(jurisdiction.reach(), id).orElseThrow(() -> ProblemException.notFound("permit", id));
    }

    /** What happened under it. */
    @GET
    @Path("{id}/events")
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.APPROVER, Role.Name.RESPONDER, Role.Name.AUDITOR})
    @Operation(
            operationId = "listPermitEvents",
            summary = "A permit's events, newest first: each use, and what was taken")
    public PermitEvents events(
            @PathParam("id") UUID id,
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(Cursor.MAX_LIMIT) int limit,
            @QueryParam("after") @Size(max = 1024) @Nullable String after) {
        long before = after == null
                ? Long.MAX_VALUE
                : Cursor.number(Cursor.read(after, 1).getFirst());
        PermitUses.Page page = uses.of(get(id).id(), before, limit);
        return new PermitEvents(page.events(), page.last() == null ? null : Cursor.of(page.last()));
    }

    /** Grants one; its terminal goes by it within a second, if it is connected. */
    @POST
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.APPROVER})
    @Transactional
    @ResponseStatus(201)
    @APIResponseSchema(value = PermitView.class, responseCode = "201")
    @Operation(operationId = "grantPermit", summary = "Grant a permit, also straight from an attempt")
    public PermitView grant(@NotNull @Valid NewPermit request) {
        PermitView granted = get(office.grant(jurisdiction.reach(), request));
        Map<String, String> detail = new TreeMap<>(Map.of(
                "terminal", granted.terminal(),
                "user", granted.user(),
                "channel", granted.channel(),
                "from", granted.from().toString(),
                "until", granted.until().toString(),
                "uses", String.valueOf(granted.uses()),
                "reason", granted.reason()));
        if (granted.mediumName() != null) {
            detail.put("medium", granted.mediumName());
        }
        audit.record("permit.grant", granted.id().toString(), detail);
        return granted;
    }

    /** Takes one back; what is under way under it ends within a second, if its terminal is connected. */
    @POST
    @Path("{id}/revoke")
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.APPROVER})
    @Transactional
    @Operation(operationId = "revokePermit", summary = "Revoke a permit")
    public PermitView revoke(@PathParam("id") UUID id, @NotNull @Valid PermitRevocation request) {
        office.revoke(get(id), request.reason().strip());
        audit.record(
                "permit.revoke",
                id.toString(),
                Map.of("reason", request.reason().strip()));
        return get(id);
    }

    /**
     * What is asked for.
     *
     * @param event an attempt that was stopped: what is not stated is taken from it
     * @param terminal id
     * @param user account at the terminal
     * @param channel such as MEDIA or CLIPBOARD
     * @param direction OUTWARD if absent
     * @param rules to lift; absent: the event's rule, or any of the channel that lets itself be lifted
     * @param medium from the media register; for MEDIA, unless a device is stated
     * @param files SHA-256 of those that may be written, hex; for MEDIA; with fileNames absent too: any file
     * @param fileNames of those that may be written, beside files; `*` and `?` are wildcards; for MEDIA
     * @param from now, if absent
     * @param until at most 31 days after its beginning
     * @param uses how often; once if absent; 0: any number
     */
    public record NewPermit(
            @Valid @Nullable EventRef event,
            @Size(max = 64) @Nullable String terminal,
            @Size(max = 256) @Nullable String user,

            @Pattern(regexp = "MEDIA|CLIPBOARD|PRINT|NETWORK|PROGRAM|SCREEN") @Nullable
            String channel,

            @Nullable Direction direction,
            @Size(max = 100) @Nullable List<@NotNull @Size(max = 64) String> rules,
            @Nullable UUID medium,
            @Valid @Nullable Device device,

            @Size(max = PermitCheck.MAX_FILES) @Nullable
            List<@NotNull @Pattern(regexp = "[0-9A-Fa-f]{64}") String> files,

            @Size(max = PermitCheck.MAX_NAMES) @Nullable
            List<@NotNull @Size(max = 255) @Pattern(regexp = "(?!\\s*$)[^/\\\\\\x00]+") String> fileNames,

            @Nullable Instant from,
            @NotNull Instant until,
            @Min(0) @Max(10_000) @Nullable Integer uses,

            @NotNull @Size(min = 1, max = 1_000) @Pattern(regexp = "(?s).*\\S.*")
            String reason) {}

    /** Why a permit is taken back. */
    public record PermitRevocation(
            @NotNull @Size(min = 1, max = 1_000) @Pattern(regexp = "(?s).*\\S.*")
            String reason) {}

    /** One page. */
    @Schema(requiredProperties = "items")
    public record PermitPage(
            List<PermitView> items, @Nullable String next) {}

    /** One page of a permit's events. */
    @Schema(requiredProperties = "items")
    public record PermitEvents(
            List<EventView> items, @Nullable String next) {}
}
