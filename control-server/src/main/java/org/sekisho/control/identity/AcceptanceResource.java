package org.sekisho.control.identity;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.HexFormat;
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
import org.sekisho.control.identity.Invitations.Invitation;
import org.sekisho.control.identity.SessionOpening.Proof;
import org.sekisho.control.identity.SessionResource.SessionView;
import org.sekisho.control.passkey.PasskeyOptions;
import org.sekisho.control.passkey.Passkeys;
import org.sekisho.control.rest.ProblemException;

/** Where an invitation's link leads: whoever holds it registers a passkey and is in, once. */
@Path("/api/v1/invitations/acceptance")
@Tag(name = "setup")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class AcceptanceResource {
    private final Invitations invitations;
    private final OperatorStore operators;
    private final Passkeys passkeys;
    private final SessionOpening opening;
    private final AttemptLimiter limiter;
    private final AuditLog audit;
    private final SignInSettings settings;

    @Inject
    AcceptanceResource(
            Invitations invitations,
            OperatorStore operators,
            Passkeys passkeys,
            SessionOpening opening,
            AttemptLimiter limiter,
            AuditLog audit,
            SignInSettings settings) {
        this.invitations = invitations;
        this.operators = operators;
        this.passkeys = passkeys;
        this.opening = opening;
        this.limiter = limiter;
        this.audit = audit;
        this.settings = settings;
    }

    /** Who is invited to what, for the page behind the link. */
    @GET
    @PermitAll
    @Operation(operationId = "checkInvitation", summary = "Whether an invitation's link is still good, and for whom")
    public InvitationCheck check(
            @QueryParam("token") @DefaultValue("") String token, @Context HttpServerRequest request) {
        String address = String.valueOf(request.remoteAddress().hostAddress());
        limiter.admit(address);
        Optional<Invitation> found = invitations.find(new Secret(token));
        if (found.isEmpty()) {
            limiter.failed(address);
            return new InvitationCheck(false, null, null);
        }
        Grants grants = found.get().grants();
        return new InvitationCheck(true, found.get().name(), grants == null ? null : grants.view());
    }

    /** What to ask the browser for. Doesn't use the link up. */
    @POST
    @Path("options")
    @PermitAll
    @Transactional(dontRollbackOn = ForbiddenException.class)
    @Operation(operationId = "beginAcceptance", summary = "Begin to register the passkey of an invited operator")
    public PasskeyOptions.Creation begin(
            @NotNull @Valid AcceptanceBeginning begun, @Context HttpServerRequest request) {
        String address = String.valueOf(request.remoteAddress().hostAddress());
        limiter.begin(address);
        Invitation invitation = invitations.find(new Secret(begun.token())).orElseThrow(() -> refused(address));
        UUID known = invitation.operator();
        UUID id = known == null ? UUID.randomUUID() : known;
        return passkeys.begin(purpose(new Secret(begun.token())), id, invitation.name(), settings.challengeLife());
    }

    /** Keeps the passkey, makes the operator if they are new, and signs them in. */
    @POST
    @PermitAll
    @Transactional(dontRollbackOn = ForbiddenException.class)
    @Operation(operationId = "acceptInvitation", summary = "Come in by an invitation and a passkey")
    @APIResponse(
            responseCode = "200",
            description = "Signed in; the session is in a cookie",
            content = @Content(schema = @Schema(implementation = SessionView.class)))
    public Response accept(@NotNull @Valid Acceptance acceptance, @Context HttpServerRequest request) {
        String address = String.valueOf(request.remoteAddress().hostAddress());
        limiter.admit(address);
        Secret link = new Secret(acceptance.token());
        Optional<UUID> claimed =
                passkeys.claim(purpose(link), acceptance.passkey().answer());
        Invitation invitation = invitations.use(link).orElseThrow(() -> refused(address));
        // What is thrown from here on rolls back and so leaves the link in force for another try.
        UUID id = claimed.orElseThrow(PasskeyAnswer::refused);
        Operator operator = operator(id, invitation);
        acceptance.passkey().register(passkeys, id);
        audit.recordAs(
                operator.name(),
                "invitation.accept",
                operator.name(),
                Map.of("invitation", invitation.id().toString(), "address", address));
        return opening.open(operator, operator.grants(), Proof.PASSKEY, null, address);
    }

    private Operator operator(UUID id, Invitation invitation) {
        Grants grants = invitation.grants();
        return grants == null
                ? operators
                        .byId(id)
                        .filter(one -> !one.disabled())
                        .orElseThrow(() -> ProblemException.badRequest("this operator is disabled"))
                : operators
                        .create(id, invitation.name(), Operator.Kind.PERSON, grants)
                        .orElseThrow(() -> ProblemException.badRequest("there is an operator named '"
                                + invitation.name() + "' already; ask for an invitation under another name"));
    }

    /** Bound to the link, so that no other link's challenge serves. */
    private static String purpose(Secret link) {
        return "invitation " + HexFormat.of().formatHex(link.hash("invitation-passkey"));
    }

    private ForbiddenException refused(String address) {
        limiter.failed(address);
        audit.recordAs(AuditLog.NOBODY, "invitation.refuse", address, Map.of());
        return new ForbiddenException(
                "the invitation is unknown, used, withdrawn or expired; ask an administrator for a new one");
    }

    /**
     * How an invitation's link stands.
     *
     * @param valid the link can be used
     * @param name of the operator
     * @param roles that the operator will have; absent: they are an operator already
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(requiredProperties = "valid")
    public record InvitationCheck(
            boolean valid, @Nullable String name, @Nullable List<RoleGrant> roles) {}

    /**
     * Who wants to come in.
     *
     * @param token from the link
     */
    public record AcceptanceBeginning(
            @NotBlank @Size(max = 128) String token) {
        @Override
        public String toString() {
            return "AcceptanceBeginning[…]";
        }
    }

    /**
     * Who comes in.
     *
     * @param token from the link
     */
    public record Acceptance(
            @NotBlank @Size(max = 128) String token,
            @NotNull @Valid PasskeyAnswer passkey) {
        @Override
        public String toString() {
            return "Acceptance[…]";
        }
    }
}
