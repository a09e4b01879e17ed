package org.sekisho.control.identity;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
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
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.audit.AuditLog;
import org.sekisho.control.identity.OperatorStore.IssuedToken;
import org.sekisho.control.identity.OperatorStore.TokenEntry;

/** Operators and their tokens, for administrators. */
@Path("/api/v1/operators")
@Tag(name = "operators")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.Name.ADMINISTRATOR)
public class OperatorsResource {
    private static final Duration DEFAULT_LIFETIME = Duration.ofDays(90);
    /** A token that lives longer than a fiscal year is forgotten before it ends. */
    private static final Duration MAX_LIFETIME = Duration.ofDays(400);

    private static final String ROLES = "administrator|responder|auditor";

    private final OperatorStore operators;
    private final AuditLog audit;

    @Inject
    OperatorsResource(OperatorStore operators, AuditLog audit) {
        this.operators = operators;
        this.audit = audit;
    }

    /** All operators by name; there are few. */
    @GET
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.AUDITOR})
    @Operation(operationId = "listOperators", summary = "Operators")
    public OperatorPage list() {
        return new OperatorPage(operators.list().stream().map(OperatorView::of).toList(), null);
    }

    /** Appoints an operator. */
    @POST
    @Transactional
    @ResponseStatus(201)
    @Operation(operationId = "createOperator", summary = "Appoint an operator")
    public OperatorView create(@NotNull @Valid NewOperator wanted) {
        Operator created = operators
                .create(OperatorName.checked(wanted.name()), Operator.Kind.PERSON, Role.of(wanted.role()))
                .orElseThrow(
                        () -> new BadRequestException("there is an operator named '" + wanted.name() + "' already"));
        audit.record("operator.create", created.name(), Map.of("role", wanted.role()));
        return OperatorView.of(created);
    }

    /** An operator's tokens, without their secrets. */
    @GET
    @Path("{id}/tokens")
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.AUDITOR})
    @Operation(operationId = "listOperatorTokens", summary = "An operator's tokens")
    public TokenPage tokens(@PathParam("id") UUID id) {
        Operator operator = existing(id);
        return new TokenPage(operators.tokensOf(operator.id()), null);
    }

    /** Issues a token, with the operator's own role or one that it covers. */
    @POST
    @Path("{id}/tokens")
    @Transactional
    @ResponseStatus(201)
    @Operation(operationId = "createOperatorToken", summary = "Issue an operator token, shown this once")
    public NewTokenView issue(@PathParam("id") UUID id, @NotNull @Valid NewToken wanted) {
        Operator operator = existing(id);
        Role role = wanted.role() == null ? operator.role() : Role.of(wanted.role());
        if (!operator.role().covers(role)) {
            throw new BadRequestException("a token can't do what its operator can't, who is "
                    + operator.role().wireName());
        }
        Instant now = Instant.now();
        Instant expiresAt = wanted.expiresAt() == null ? now.plus(DEFAULT_LIFETIME) : wanted.expiresAt();
        if (!expiresAt.isAfter(now) || expiresAt.isAfter(now.plus(MAX_LIFETIME))) {
            throw new BadRequestException("expiresAt must lie in the future, at most 400 days away");
        }
        IssuedToken issued = operators.issue(operator.id(), role, expiresAt);
        audit.record(
                "operator-token.create",
                operator.name(),
                Map.of(
                        "token",
                        issued.id().toString(),
                        "role",
                        role.wireName(),
                        "expiresAt",
                        issued.expiresAt().toString()));
        return new NewTokenView(issued.id(), issued.secret().text(), role.wireName(), issued.expiresAt());
    }

    /** Revokes a token, and ends the console sessions that it opened. */
    @DELETE
    @Path("{id}/tokens/{token}")
    @Transactional
    @Operation(operationId = "revokeOperatorToken", summary = "Revoke an operator token")
    public void revoke(@PathParam("id") UUID id, @PathParam("token") UUID token) {
        Operator operator = existing(id);
        if (!operators.revoke(operator.id(), token)) {
            throw new NotFoundException("operator " + operator.name() + " has no token " + token + " in force");
        }
        audit.record("operator-token.revoke", operator.name(), Map.of("token", token.toString()));
    }

    private Operator existing(UUID id) {
        return operators.byId(id).orElseThrow(() -> new NotFoundException("there is no operator " + id));
    }

    /**
     * All operators.
     *
     * @param next always null: they are few
     */
    public record OperatorPage(
            List<OperatorView> items, @Nullable String next) {}

    /** An operator as the console shows one. */
    public record OperatorView(UUID id, String name, String kind, String role, Instant createdAt, boolean disabled) {
        static OperatorView of(Operator operator) {
            return new OperatorView(
                    operator.id(),
                    operator.name(),
                    operator.kind().name(),
                    operator.role().wireName(),
                    operator.createdAt(),
                    operator.disabled());
        }
    }

    /** Whom to appoint. */
    public record NewOperator(
            @NotBlank @Size(max = 200) String name,
            @NotNull @Pattern(regexp = ROLES) String role) {}

    /**
     * An operator's tokens.
     *
     * @param next always null
     */
    public record TokenPage(
            List<TokenEntry> items, @Nullable String next) {}

    /**
     * What token to issue.
     *
     * @param role absent: the operator's own
     * @param expiresAt absent: in 90 days
     */
    public record NewToken(
            @Nullable @Pattern(regexp = ROLES) String role,
            @Nullable Instant expiresAt) {}

    /**
     * A token that was just issued.
     *
     * @param token the secret, shown this once
     */
    public record NewTokenView(UUID id, String token, String role, Instant expiresAt) {
        @Override
        public String toString() {
            return "NewTokenView[" + id + "]";
        }
    }
}
