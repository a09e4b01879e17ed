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
import jakarta.ws.rs.core.NewCookie;
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
import org.sekisho.control.identity.OperatorStore.Bearer;
import org.sekisho.control.identity.SessionStore.LiveSession;
import org.sekisho.control.identity.SessionStore.OpenedSession;

/** Signing in to the console, and out. */
@Path("/api/v1/session")
@Tag(name = "session")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class SessionResource {
    private final OperatorStore operators;
    private final SessionStore sessions;
    private final AttemptLimiter limiter;
    private final AuditLog audit;
    private final SecurityIdentity identity;

    @Inject
    SessionResource(
            OperatorStore operators,
            SessionStore sessions,
            AttemptLimiter limiter,
            AuditLog audit,
            SecurityIdentity identity) {
        this.operators = operators;
        this.sessions = sessions;
        this.limiter = limiter;
        this.audit = audit;
        this.identity = identity;
    }

    /** Who is signed in; also for a bearer of an operator token. */
    @GET
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.RESPONDER, Role.Name.AUDITOR})
    @Operation(operationId = "getSession", summary = "Who is signed in")
    public SessionView current() {
        Operator operator = (Operator) identity.getPrincipal();
        LiveSession live = identity.getAttribute(OperatorIdentityProvider.SESSION);
        return new SessionView(
                new OperatorRef(operator.id(), operator.name()),
                List.copyOf(identity.getRoles()),
                live == null ? null : live.secret().csrf(),
                live == null ? null : live.expiresAt());
    }

    /** Opens a console session by an operator token. */
    @POST
    @PermitAll
    @Transactional(dontRollbackOn = NotAuthorizedException.class)
    @Operation(operationId = "openSession", summary = "Sign in to the console with an operator token")
    @APIResponse(
            responseCode = "200",
            description = "Signed in; the session is in a cookie",
            content = @Content(schema = @Schema(implementation = SessionView.class)))
    public Response open(@NotNull @Valid SignIn signIn, @Context HttpServerRequest request) {
        String address = String.valueOf(request.remoteAddress().hostAddress());
        limiter.admit(address);
        Optional<Bearer> bearer = operators.bearer(new Secret(signIn.token()));
        if (bearer.isEmpty()) {
            limiter.failed(address);
            audit.recordAs(AuditLog.NOBODY, "session.refuse", address, Map.of());
            throw new NotAuthorizedException(
                    "the operator token is unknown, expired or revoked; ask an administrator for a new one", "Bearer");
        }
        OpenedSession opened = sessions.open(bearer.get().token());
        Operator operator = bearer.get().operator();
        audit.recordAs(operator.name(), "session.open", address, Map.of());
        SessionView view = new SessionView(
                new OperatorRef(operator.id(), operator.name()),
                List.of(bearer.get().role().wireName()),
                opened.secret().csrf(),
                opened.expiresAt());
        return Response.ok(view).cookie(cookie(opened.secret().text(), -1)).build();
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
            sessions.close(live.secret());
            audit.record("session.close", live.operator().name(), Map.of());
        }
        return Response.noContent().cookie(cookie("", 0)).build();
    }

    /** Kept by the browser until it closes (-1), or dropped at once (0). */
    private static NewCookie cookie(String value, int maxAge) {
        return new NewCookie.Builder(OperatorAuthentication.COOKIE)
                .value(value)
                .path("/")
                .secure(true)
                .httpOnly(true)
                .sameSite(NewCookie.SameSite.STRICT)
                .maxAge(maxAge)
                .build();
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
    public record OperatorRef(UUID id, String name) {}

    /**
     * Who is signed in.
     *
     * @param csrf to be sent back in the X-Sekisho-Csrf header; null for an operator token
     * @param expiresAt when the console session ends at the latest; null for an operator token
     */
    public record SessionView(
            OperatorRef operator,
            List<String> roles,
            @Nullable String csrf,
            @Nullable Instant expiresAt) {}
}
