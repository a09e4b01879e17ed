package org.sekisho.control.identity;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
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
import org.sekisho.control.identity.SessionStore.LiveSession;
import org.sekisho.control.identity.TokenStore.TokenEntry;
import org.sekisho.control.passkey.PasskeyOptions;
import org.sekisho.control.passkey.PasskeyStore;
import org.sekisho.control.passkey.PasskeyStore.PasskeyView;
import org.sekisho.control.passkey.Passkeys;
import org.sekisho.control.rest.ProblemException;

/**
 * An operator's own ways in. A new passkey takes a console session: a token that leaked must not become a passkey, which
 * would outlive it.
 */
@Path("/api/v1/account")
@Tag(name = "account")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.APPROVER, Role.Name.RESPONDER, Role.Name.AUDITOR})
@WithinBranch
public class AccountResource {
    private static final String PURPOSE = "account ";

    private final Passkeys passkeys;
    private final PasskeyStore stored;
    private final TokenStore tokens;
    private final AuditLog audit;
    private final SecurityIdentity identity;
    private final SignInSettings settings;

    @Inject
    AccountResource(
            Passkeys passkeys,
            PasskeyStore stored,
            TokenStore tokens,
            AuditLog audit,
            SecurityIdentity identity,
            SignInSettings settings) {
        this.passkeys = passkeys;
        this.stored = stored;
        this.tokens = tokens;
        this.audit = audit;
        this.identity = identity;
        this.settings = settings;
    }

    /** Oldest first. */
    @GET
    @Path("passkeys")
    @Operation(operationId = "listOwnPasskeys", summary = "One's own passkeys")
    public PasskeyPage passkeys() {
        return new PasskeyPage(stored.of(self().id()), null);
    }

    /** What to ask the browser for. */
    @POST
    @Path("passkeys/options")
    @Transactional
    @Consumes(MediaType.WILDCARD)
    @Operation(operationId = "beginOwnPasskey", summary = "Begin to add a passkey")
    public PasskeyOptions.Creation begin() {
        Operator self = signedIn();
        return passkeys.begin(PURPOSE + self.id(), self.id(), self.name(), settings.challengeLife());
    }

    /** Keeps the passkey that the browser's authenticator made. */
    @POST
    @Path("passkeys")
    @Transactional
    @ResponseStatus(201)
    @APIResponseSchema(value = PasskeyView.class, responseCode = "201")
    @Operation(operationId = "addOwnPasskey", summary = "Add a passkey")
    public PasskeyView add(@NotNull @Valid PasskeyAnswer answer) {
        Operator self = signedIn();
        UUID claimed = passkeys.claim(PURPOSE + self.id(), answer.answer()).orElseThrow(PasskeyAnswer::refused);
        PasskeyView added = answer.register(passkeys, claimed);
        audit.record("passkey.create", self.name(), Map.of("passkey", added.id().toString(), "name", added.name()));
        return added;
    }

    /** Not the last one. */
    @DELETE
    @Path("passkeys/{id}")
    @Transactional
    @Operation(operationId = "removeOwnPasskey", summary = "Remove one of one's passkeys, but not the last")
    public void remove(@PathParam("id") UUID id) {
        Operator self = self();
        removeOrRefuse(stored, self.id(), id);
        audit.record("passkey.delete", self.name(), Map.of("passkey", id.toString()));
    }

    /** Newest first, without their secrets. */
    @GET
    @Path("tokens")
    @Operation(operationId = "listOwnTokens", summary = "One's own operator tokens")
    public OwnTokenPage tokens() {
        return new OwnTokenPage(tokens.of(self().id()), null);
    }

    /** Such as when the machine that has it is given away. */
    @DELETE
    @Path("tokens/{id}")
    @Transactional
    @Operation(operationId = "revokeOwnToken", summary = "Revoke one of one's operator tokens")
    public void revoke(@PathParam("id") UUID id) {
        Operator self = self();
        if (!tokens.revoke(self.id(), id)) {
            throw ProblemException.notFound("operator token in force", id);
        }
        audit.record("operator-token.revoke", self.name(), Map.of("token", id.toString()));
    }

    static void removeOrRefuse(PasskeyStore passkeys, UUID operator, UUID id) {
        switch (passkeys.remove(operator, id)) {
            case REMOVED -> {}
            case UNKNOWN -> throw ProblemException.notFound("passkey", id);
            case LAST ->
                throw new ProblemException(
                        409, "last-passkey", "This is the operator's last passkey; add another before removing it");
        }
    }

    private Operator self() {
        return (Operator) identity.getPrincipal();
    }

    /** Who is signed in at the console, in person. */
    private Operator signedIn() {
        LiveSession live = identity.getAttribute(OperatorIdentityProvider.SESSION);
        if (live == null || live.operator().kind() != Operator.Kind.PERSON) {
            throw new ProblemException(403, "console-only", "Add passkeys at the console, signed in as a person");
        }
        return live.operator();
    }

    /**
     * Passkeys.
     *
     * @param next always null: they are few
     */
    @Schema(requiredProperties = "items")
    public record PasskeyPage(
            List<PasskeyView> items, @Nullable String next) {}

    /**
     * Tokens.
     *
     * @param next always null
     */
    @Schema(requiredProperties = "items")
    public record OwnTokenPage(
            List<TokenEntry> items, @Nullable String next) {}
}
