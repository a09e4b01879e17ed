package org.sekisho.control.identity;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.audit.AuditLog;
import org.sekisho.control.identity.DeviceRequests.Waiting;
import org.sekisho.control.identity.Grants.RoleGrant;
import org.sekisho.control.identity.SessionStore.LiveSession;
import org.sekisho.control.rest.ProblemException;

/**
 * The console's side of letting a command in. Only somebody signed in at the console decides: a token that could agree would
 * make itself another, and never end.
 */
@Path("/api/v1/device/requests/{code}")
@Tag(name = "device")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.APPROVER, Role.Name.RESPONDER, Role.Name.AUDITOR})
@WithinBranch
public class DeviceApprovalResource {
    /** A command on somebody's own machine; what lives longer is a script, with a token from an administrator. */
    private static final Duration MAX_LIFE = Duration.ofDays(90);

    private final DeviceRequests requests;
    private final AttemptLimiter limiter;
    private final AuditLog audit;
    private final SecurityIdentity identity;
    private final SignInSettings settings;

    @Inject
    DeviceApprovalResource(
            DeviceRequests requests,
            AttemptLimiter limiter,
            AuditLog audit,
            SecurityIdentity identity,
            SignInSettings settings) {
        this.requests = requests;
        this.limiter = limiter;
        this.audit = audit;
        this.identity = identity;
        this.settings = settings;
    }

    /** Who asks, from where, since when. */
    @GET
    @Operation(operationId = "getDeviceRequest", summary = "A command that asks to be let in")
    public DeviceRequestView get(@PathParam("code") @Size(max = 32) String code) {
        Waiting waiting = waiting(code);
        return new DeviceRequestView(
                DeviceRequests.shown(waiting.userCode()),
                waiting.client(),
                waiting.address(),
                waiting.createdAt(),
                waiting.expiresAt());
    }

    /** The command gets a token of who agrees, with no more than their roles. */
    @POST
    @Path("approval")
    @Transactional
    @Operation(operationId = "approveDevice", summary = "Let a command in")
    @APIResponse(responseCode = "204", description = "Let in")
    public void approve(@PathParam("code") @Size(max = 32) String code, @NotNull @Valid DeviceApproval approval) {
        LiveSession session = signedIn();
        Waiting waiting = waiting(code);
        Grants grants = approval.roles() == null ? session.grants() : Grants.wanted(approval.roles());
        if (!session.grants().covers(grants)) {
            throw ProblemException.badRequest("a command can't do what its approver can't, who is "
                    + session.grants().line());
        }
        Instant now = Instant.now();
        Instant until = approval.expiresAt() == null ? now.plus(settings.deviceTokenLife()) : approval.expiresAt();
        if (!until.isAfter(now) || until.isAfter(now.plus(MAX_LIFE))) {
            throw ProblemException.badRequest(
                    "expiresAt must lie in the future, at most " + MAX_LIFE.toDays() + " days away");
        }
        if (!requests.approve(code, session.operator().id(), grants, until)) {
            throw ProblemException.notFound("command that waits with the code", code);
        }
        audit.record(
                "device.approve",
                waiting.client(),
                Map.of("address", waiting.address(), "roles", grants.line(), "tokenUntil", until.toString()));
    }

    /** The command is told no. */
    @POST
    @Path("denial")
    @Transactional
    @Consumes(MediaType.WILDCARD)
    @Operation(operationId = "denyDevice", summary = "Refuse a command")
    @APIResponse(responseCode = "204", description = "Refused")
    public void deny(@PathParam("code") @Size(max = 32) String code) {
        signedIn();
        Waiting waiting = waiting(code);
        if (!requests.deny(code)) {
            throw ProblemException.notFound("command that waits with the code", code);
        }
        audit.record("device.deny", waiting.client(), Map.of("address", waiting.address()));
    }

    /** Guessing at others' codes counts against the account. */
    private Waiting waiting(String code) {
        Operator operator = (Operator) identity.getPrincipal();
        limiter.admit(operator.id());
        return requests.waiting(code).orElseThrow(() -> {
            limiter.failed(operator.id());
            return ProblemException.notFound("command that waits with the code", code);
        });
    }

    private LiveSession signedIn() {
        LiveSession live = identity.getAttribute(OperatorIdentityProvider.SESSION);
        if (live == null) {
            throw new ProblemException(403, "console-only", "Let commands in at the console, signed in");
        }
        return live;
    }

    /** A command that waits. */
    @Schema(
            name = "DeviceRequest",
            requiredProperties = {"code", "client", "address", "createdAt", "expiresAt"})
    public record DeviceRequestView(String code, String client, String address, Instant createdAt, Instant expiresAt) {}

    /**
     * What the command may do.
     *
     * @param roles absent: all of the approver's
     * @param expiresAt when its token ends, at most 90 days ahead; a week if absent
     */
    public record DeviceApproval(
            @Size(min = 1, max = Grants.MOST) @Nullable List<@NotNull @Valid RoleGrant> roles,
            @Nullable Instant expiresAt) {}
}
