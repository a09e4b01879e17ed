package org.sekisho.control.identity;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
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
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.audit.AuditLog;
import org.sekisho.control.identity.Grants.RoleGrant;
import org.sekisho.control.identity.TokenStore.IssuedToken;
import org.sekisho.control.identity.TokenStore.TokenEntry;
import org.sekisho.control.rest.ProblemException;

/** Operators' tokens for scripts, for administrators. */
@Path("/api/v1/operators/{id}/tokens")
@Tag(name = "operators")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.Name.ADMINISTRATOR)
public class OperatorTokensResource {
    private static final Duration DEFAULT_LIFETIME = Duration.ofDays(90);
    /** A token that lives longer than a fiscal year is forgotten before it ends. */
    private static final Duration MAX_LIFETIME = Duration.ofDays(400);

    private final OperatorStore operators;
    private final TokenStore tokens;
    private final AuditLog audit;

    @Inject
    OperatorTokensResource(OperatorStore operators, TokenStore tokens, AuditLog audit) {
        this.operators = operators;
        this.tokens = tokens;
        this.audit = audit;
    }

    /** An operator's tokens, without their secrets. */
    @GET
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.AUDITOR})
    @Operation(operationId = "listOperatorTokens", summary = "An operator's tokens")
    public TokenPage tokens(@PathParam("id") UUID id) {
        return new TokenPage(tokens.of(existing(id).id()), null);
    }

    /** Issues a token, with the operator's own roles or what they cover. */
    @POST
    @Transactional
    @ResponseStatus(201)
    @APIResponseSchema(value = NewTokenView.class, responseCode = "201")
    @Operation(operationId = "createOperatorToken", summary = "Issue an operator token, shown this once")
    public NewTokenView issue(@PathParam("id") UUID id, @NotNull @Valid NewToken wanted) {
        Operator operator = existing(id);
        Grants grants = wanted.roles() == null ? operator.grants() : Grants.wanted(wanted.roles());
        if (!operator.grants().covers(grants)) {
            throw ProblemException.badRequest("a token can't do what its operator can't, who is "
                    + operator.grants().line());
        }
        if (operator.disabled()) {
            throw ProblemException.badRequest("this operator is disabled; enable them first");
        }
        Instant now = Instant.now();
        Instant expiresAt = wanted.expiresAt() == null ? now.plus(DEFAULT_LIFETIME) : wanted.expiresAt();
        if (!expiresAt.isAfter(now) || expiresAt.isAfter(now.plus(MAX_LIFETIME))) {
            throw ProblemException.badRequest("expiresAt must lie in the future, at most 400 days away");
        }
        String label = wanted.label() == null || wanted.label().isBlank() ? "" : OperatorName.checked(wanted.label());
        IssuedToken issued = tokens.issue(operator.id(), label, grants, expiresAt);
        audit.record(
                "operator-token.create",
                operator.name(),
                Map.of(
                        "token", issued.id().toString(),
                        "roles", grants.line(),
                        "expiresAt", issued.expiresAt().toString()));
        return new NewTokenView(issued.id(), issued.secret().text(), grants.view(), issued.expiresAt());
    }

    /** Revokes a token, and ends the console sessions that it opened. */
    @DELETE
    @Path("{token}")
    @Transactional
    @Operation(operationId = "revokeOperatorToken", summary = "Revoke an operator token")
    public void revoke(@PathParam("id") UUID id, @PathParam("token") UUID token) {
        Operator operator = existing(id);
        if (!tokens.revoke(operator.id(), token)) {
            throw ProblemException.notFound("token in force of " + operator.name() + " with the id", token);
        }
        audit.record("operator-token.revoke", operator.name(), Map.of("token", token.toString()));
    }

    private Operator existing(UUID id) {
        return operators.byId(id).orElseThrow(() -> ProblemException.notFound("operator", id));
    }

    /**
     * An operator's tokens.
     *
     * @param next always null
     */
    @Schema(requiredProperties = "items")
    public record TokenPage(
            List<TokenEntry> items, @Nullable String next) {}

    /**
     * What token to issue.
     *
     * @param roles absent: the operator's own
     * @param expiresAt absent: in 90 days
     * @param label what it is for
     */
    public record NewToken(
            @Size(min = 1, max = Grants.MOST) @Nullable List<@NotNull @Valid RoleGrant> roles,
            @Nullable Instant expiresAt,
            @Size(max = 100) @Nullable String label) {}

    /**
     * A token that was just issued.
     *
     * @param token the secret, shown this once
     */
    @Schema(requiredProperties = {"id", "token", "roles", "expiresAt"})
    public record NewTokenView(UUID id, String token, List<RoleGrant> roles, Instant expiresAt) {
        @Override
        public String toString() {
            return "NewTokenView[" + id + "]";
        }
    }
}
