package org.sekisho.control.identity;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
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
import org.sekisho.control.identity.AccountResource.PasskeyPage;
import org.sekisho.control.identity.Grants.RoleGrant;
import org.sekisho.control.passkey.PasskeyStore;
import org.sekisho.control.rest.ProblemException;

/** Operators, their roles and passkeys, for administrators. */
@Path("/api/v1/operators")
@Tag(name = "operators")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.Name.ADMINISTRATOR)
public class OperatorsResource {
    private final OperatorStore operators;
    private final SessionStore sessions;
    private final PasskeyStore passkeys;
    private final AuditLog audit;
    private final SecurityIdentity identity;

    @Inject
    OperatorsResource(
            OperatorStore operators,
            SessionStore sessions,
            PasskeyStore passkeys,
            AuditLog audit,
            SecurityIdentity identity) {
        this.operators = operators;
        this.sessions = sessions;
        this.passkeys = passkeys;
        this.audit = audit;
        this.identity = identity;
    }

    /** All operators by name; there are few. */
    @GET
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.AUDITOR})
    @Operation(operationId = "listOperators", summary = "Operators")
    public OperatorPage list() {
        return new OperatorPage(operators.list().stream().map(OperatorView::of).toList(), null);
    }

    /** Appoints an operator who has no passkey yet: a script, or a person who will get a link. */
    @POST
    @Transactional
    @ResponseStatus(201)
    @APIResponseSchema(value = OperatorView.class, responseCode = "201")
    @Operation(operationId = "createOperator", summary = "Appoint an operator")
    public OperatorView create(@NotNull @Valid NewOperator wanted) {
        Operator.Kind kind = wanted.kind() == null ? Operator.Kind.PERSON : wanted.kind();
        Grants grants = Grants.wanted(wanted.roles());
        Operator created = operators
                .create(OperatorName.checked(wanted.name()), kind, grants)
                .orElseThrow(() ->
                        ProblemException.badRequest("there is an operator named '" + wanted.name() + "' already"));
        audit.record("operator.create", created.name(), Map.of("roles", grants.line(), "kind", kind.name()));
        return OperatorView.of(created);
    }

    /** Changes roles, or disables and enables. A disabled operator's sessions, tokens and streams end at once. */
    @PATCH
    @Path("{id}")
    @Transactional
    @Operation(operationId = "updateOperator", summary = "Change an operator's roles, or disable or enable them")
    public OperatorView update(@PathParam("id") UUID id, @NotNull @Valid OperatorChange change) {
        List<Operator> all = operators.listForChange();
        Operator operator = all.stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound("operator", id));
        if (operator.id().equals(((Operator) identity.getPrincipal()).id())) {
            throw new ProblemException(409, "oneself", "Nobody changes their own roles; ask another administrator");
        }
        Grants grants = change.roles() == null ? operator.grants() : Grants.wanted(change.roles());
        boolean disabled = change.disabled() == null ? operator.disabled() : change.disabled();
        if (!staysInHands(all, operator, grants, disabled)) {
            throw new ProblemException(
                    409,
                    "last-administrator",
                    "This is the last person who administers the whole organisation; appoint another first");
        }
        Map<String, String> detail = new TreeMap<>();
        if (!grants.equals(operator.grants())) {
            operators.regrant(id, grants);
            detail.put("roles", grants.line());
        }
        if (disabled && !operator.disabled()) {
            operators.disable(id);
            detail.put("disabled", "true");
        } else if (!disabled && operator.disabled()) {
            operators.enable(id);
            detail.put("disabled", "false");
        }
        audit.record("operator.update", operator.name(), detail);
        return operators.byId(id).map(OperatorView::of).orElseThrow(() -> ProblemException.notFound("operator", id));
    }

    /** Whether afterwards some person administers everything, if one does now. */
    private static boolean staysInHands(List<Operator> all, Operator changed, Grants grants, boolean disabled) {
        boolean was = rules(changed, changed.grants(), changed.disabled());
        return !was
                || rules(changed, grants, disabled)
                || all.stream()
                        .anyMatch(other ->
                                !other.id().equals(changed.id()) && rules(other, other.grants(), other.disabled()));
    }

    private static boolean rules(Operator operator, Grants grants, boolean disabled) {
        return operator.kind() == Operator.Kind.PERSON && !disabled && grants.rulesAll();
    }

    /** Signs the operator out, everywhere. */
    @DELETE
    @Path("{id}/sessions")
    @Transactional
    @Operation(operationId = "closeOperatorSessions", summary = "Sign an operator out everywhere")
    public void signOut(@PathParam("id") UUID id) {
        Operator operator = existing(id);
        int closed = sessions.closeAll(operator.id());
        audit.record("session.close-all", operator.name(), Map.of("sessions", String.valueOf(closed)));
    }

    /** An operator's passkeys. */
    @GET
    @Path("{id}/passkeys")
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.AUDITOR})
    @Operation(operationId = "listOperatorPasskeys", summary = "An operator's passkeys")
    public PasskeyPage passkeys(@PathParam("id") UUID id) {
        return new PasskeyPage(passkeys.of(existing(id).id()), null);
    }

    /** Such as a lost one, once the operator has another. */
    @DELETE
    @Path("{id}/passkeys/{passkey}")
    @Transactional
    @Operation(
            operationId = "removeOperatorPasskey",
            summary = "Remove one of an operator's passkeys, but not the last")
    public void removePasskey(@PathParam("id") UUID id, @PathParam("passkey") UUID passkey) {
        Operator operator = existing(id);
        AccountResource.removeOrRefuse(passkeys, operator.id(), passkey);
        audit.record("passkey.delete", operator.name(), Map.of("passkey", passkey.toString()));
    }

    private Operator existing(UUID id) {
        return operators.byId(id).orElseThrow(() -> ProblemException.notFound("operator", id));
    }

    /**
     * All operators.
     *
     * @param next always null: they are few
     */
    @Schema(requiredProperties = "items")
    public record OperatorPage(
            List<OperatorView> items, @Nullable String next) {}

    /** An operator as the console shows one. */
    @Schema(
            name = "Operator",
            requiredProperties = {"id", "name", "kind", "roles", "createdAt", "disabled"})
    public record OperatorView(
            UUID id, String name, String kind, List<RoleGrant> roles, Instant createdAt, boolean disabled) {
        static OperatorView of(Operator operator) {
            return new OperatorView(
                    operator.id(),
                    operator.name(),
                    operator.kind().name(),
                    operator.grants().view(),
                    operator.createdAt(),
                    operator.disabled());
        }
    }

    /**
     * Whom to appoint.
     *
     * @param kind PERSON if absent; SERVICE for a script
     */
    public record NewOperator(
            @NotBlank @Size(max = 200) String name,
            @NotEmpty @Size(max = Grants.MOST) List<@NotNull @Valid RoleGrant> roles,
            Operator.@Nullable Kind kind) {}

    /** A change; what is absent stays. */
    public record OperatorChange(
            @Size(min = 1, max = Grants.MOST) @Nullable List<@NotNull @Valid RoleGrant> roles,
            @Nullable Boolean disabled) {}
}
