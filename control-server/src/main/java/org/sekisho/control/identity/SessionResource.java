package org.sekisho.control.identity;

import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.audit.AuditLog;
import org.sekisho.control.identity.Grants.RoleGrant;
import org.sekisho.control.identity.SessionOpening.Proof;
import org.sekisho.control.identity.SessionStore.LiveSession;
import org.sekisho.control.identity.TokenStore.Bearer;
import org.sekisho.control.rest.ProblemException;

/** The console session: who is signed in, and signing out; and signing in with an operator token where that is allowed. */
@Path("/api/v1/session")
@Tag(name = "session")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class SessionResource {
    private final TokenStore tokens;
    private final SessionStore sessions;
    private final SessionOpening opening;
    private final AttemptLimiter limiter;
    private final AuditLog audit;
    private final SecurityIdentity identity;
    private final SignInSettings settings;

    @Inject
    SessionResource(
            TokenStore tokens,
            SessionStore sessions,
            SessionOpening opening,
            AttemptLimiter limiter,
            AuditLog audit,
            SecurityIdentity identity,
            SignInSettings settings) {
        this.tokens = tokens;
        this.sessions = sessions;
        this.opening = opening;
        this.limiter = limiter;
        this.audit = audit;
        this.identity = identity;
        this.settings = settings;
    }

    /** Who is signed in; also for a bearer of an operator token. */
    @GET
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.APPROVER, Role.Name.RESPONDER, Role.Name.AUDITOR})
    @WithinBranch
    @Operation(operationId = "getSession", summary = "Who is signed in")
    public SessionView current() {
        Operator operator = (Operator) identity.getPrincipal();
        LiveSession live = identity.getAttribute(OperatorIdentityProvider.SESSION);
        Grants grants = identity.getAttribute(OperatorIdentityProvider.GRANTS);
        return new SessionView(
                new OperatorRef(operator.id(), operator.name()),
                List.copyOf(identity.getRoles()),
                grants.view(),
                live == null ? null : live.secret().csrf(),
                live == null ? null : live.expiresAt());
    }

    /** Opens a console session by an operator token, where the installation allows that. */
    @POST
    @PermitAll
    @Transactional(dontRollbackOn = NotAuthorizedException.class)
    @Operation(
            operationId = "openSession",
            summary = "Sign in to the console with an operator token, where the installation allows it")
    @APIResponse(
            responseCode = "200",
            description = "Signed in; the session is in a cookie",
            content = @Content(schema = @Schema(implementation = SessionView.class)))
    public Response open(@NotNull @Valid SignIn signIn, @Context HttpServerRequest request) {
        String address = String.valueOf(request.remoteAddress().hostAddress());
        if (!settings.operatorToken()) {
            throw new ProblemException(
                    403,
                    "passkey-needed",
                    "Operator tokens are for scripts; sign in to the console with a passkey (sekisho.sign-in.operator-token)");
        }
        limiter.admit(address);
        Optional<Bearer> bearer = tokens.bearer(new Secret(signIn.token()));
        if (bearer.isEmpty()) {
            limiter.failed(address);
            audit.recordAs(AuditLog.NOBODY, "session.refuse", address, Map.of("by", Proof.OPERATOR_TOKEN.name()));
            throw new NotAuthorizedException(
                    "the operator token is unknown, expired or revoked; ask an administrator for a new one", "Bearer");
        }
        Operator operator = bearer.get().operator();
        limiter.admit(operator.id());
        return opening.open(
                operator,
                bearer.get().grants(),
                Proof.OPERATOR_TOKEN,
                bearer.get().token(),
                address);
    }

    /** Ends the console session. Without one this does nothing. */
    @DELETE
    @PermitAll
    @Transactional
    @Operation(operationId = "closeSession", summary = "Sign out")
    @APIResponse(responseCode = "204", description = "Signed out")
    public Response close() {
        LiveSession live = identity.getAttribute(OperatorIdentityProvider.SESSION);
        if (live != null) {
            sessions.close(live);
            audit.record("session.close", live.operator().name(), Map.of());
        }
        return SessionOpening.closed();
    }

    /** Ends all console sessions of who asks, this one too. */
    @DELETE
    @Path("all")
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.APPROVER, Role.Name.RESPONDER, Role.Name.AUDITOR})
    @WithinBranch
    @Transactional
    @Operation(operationId = "closeAllSessions", summary = "Sign out everywhere")
    @APIResponse(responseCode = "204", description = "Signed out everywhere")
    public Response closeAll() {
        Operator operator = (Operator) identity.getPrincipal();
        int closed = sessions.closeAll(operator.id());
        audit.record("session.close-all", operator.name(), Map.of("sessions", String.valueOf(closed)));
        return SessionOpening.closed();
    }

    /**
     * How to sign in.
     *
     * @param token an operator token
     */
    public record SignIn(@NotBlank @Size(max = 128) String token) {
        @Override
        public String toString() {
            return "SignIn[…]";
        }
    }

    /** An operator, by id and name. */
    @Schema(requiredProperties = {"id", "name"})
    public record OperatorRef(UUID id, String name) {}

    /**
     * Who is signed in.
     *
     * @param roles names of the roles
     * @param grants the roles with the branches that they are limited to
     * @param csrf to be sent back in the X-Sekisho-Csrf header; null for an operator token
     * @param expiresAt when the console session ends at the latest; null for an operator token
     */
    @Schema(requiredProperties = {"operator", "roles", "grants"})
    public record SessionView(
            OperatorRef operator,
            List<String> roles,
            List<RoleGrant> grants,
            @Nullable String csrf,
            @Nullable Instant expiresAt) {}
}
