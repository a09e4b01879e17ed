package org.sekisho.control.identity;

import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
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
import org.sekisho.control.identity.SessionOpening.Proof;
import org.sekisho.control.identity.SessionResource.SessionView;
import org.sekisho.control.oidc.OidcProvider;
import org.sekisho.control.passkey.PasskeyOptions;
import org.sekisho.control.passkey.PasskeyRefusedException;
import org.sekisho.control.passkey.Passkeys;
import org.sekisho.control.passkey.RelyingParty;
import org.sekisho.control.passkey.SignInAnswer;

/** Signing in to the console by a passkey. */
@Path("/api/v1/sign-in")
@Tag(name = "session")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class SignInResource {
    private final Passkeys passkeys;
    private final OperatorStore operators;
    private final SessionOpening opening;
    private final AttemptLimiter limiter;
    private final AuditLog audit;
    private final SignInSettings settings;
    private final RelyingParty party;
    private final OidcProvider provider;

    @Inject
    SignInResource(
            Passkeys passkeys,
            OperatorStore operators,
            SessionOpening opening,
            AttemptLimiter limiter,
            AuditLog audit,
            SignInSettings settings,
            RelyingParty party,
            OidcProvider provider) {
        this.provider = provider;
        this.passkeys = passkeys;
        this.operators = operators;
        this.opening = opening;
        this.limiter = limiter;
        this.audit = audit;
        this.settings = settings;
        this.party = party;
    }

    /** How one can sign in here, for the page. */
    @GET
    @PermitAll
    @Operation(operationId = "getSignInMethods", summary = "How one can sign in to the console")
    public SignInMethods methods() {
        return new SignInMethods(
                party.isNamed() ? party.id() : null,
                settings.operatorToken(),
                provider.name().orElse(null));
    }

    /** What to ask the browser for. */
    @POST
    @Path("options")
    @PermitAll
    @Transactional
    @Consumes(MediaType.WILDCARD)
    @Operation(operationId = "beginPasskeySignIn", summary = "Begin to sign in by a passkey")
    public PasskeyOptions.Request begin(@Context HttpServerRequest request) {
        limiter.begin(String.valueOf(request.remoteAddress().hostAddress()));
        return passkeys.beginSignIn(settings.challengeLife());
    }

    /** Opens a console session by what the browser's authenticator signed. */
    @POST
    @PermitAll
    @Transactional(dontRollbackOn = NotAuthorizedException.class)
    @Operation(operationId = "signInByPasskey", summary = "Sign in to the console by a passkey")
    @APIResponse(
            responseCode = "200",
            description = "Signed in; the session is in a cookie",
            content = @Content(schema = @Schema(implementation = SessionView.class)))
    public Response signIn(@NotNull @Valid SignInAnswer answer, @Context HttpServerRequest request) {
        String address = String.valueOf(request.remoteAddress().hostAddress());
        limiter.admit(address);
        Operator operator = proven(answer, address);
        limiter.admit(operator.id());
        return opening.open(operator, operator.grants(), Proof.PASSKEY, null, address);
    }

    private Operator proven(SignInAnswer answer, String address) {
        try {
            UUID id = passkeys.signIn(answer);
            return operators
                    .byId(id)
                    .filter(operator -> !operator.disabled())
                    .orElseThrow(() -> refused(address, id, "the operator is disabled"));
        } catch (PasskeyRefusedException e) {
            throw refused(address, e.operator(), String.valueOf(e.getMessage()));
        }
    }

    /** The same to whoever asks; why, and whose, is for the audit log. */
    private NotAuthorizedException refused(String address, @Nullable UUID account, String why) {
        limiter.failed(address);
        Optional<Operator> whose = Optional.ofNullable(account).flatMap(operators::byId);
        whose.ifPresent(operator -> limiter.failed(operator.id()));
        audit.recordAs(
                AuditLog.NOBODY,
                "session.refuse",
                address,
                Map.of(
                        "by",
                        Proof.PASSKEY.name(),
                        "why",
                        why,
                        "account",
                        whose.map(Operator::name).orElse("")));
        return new NotAuthorizedException("this passkey doesn't sign in here; try again, or use another", "Bearer");
    }

    /**
     * How one can sign in.
     *
     * @param passkeyDomain domain whose passkeys are taken; null: none, because the server's name is an address
     * @param operatorToken operator tokens are taken too
     * @param identityProvider what the city's identity provider is called; null: there is none
     */
    @Schema(requiredProperties = "operatorToken")
    public record SignInMethods(
            @Nullable String passkeyDomain,
            boolean operatorToken,
            @Nullable String identityProvider) {}
}
