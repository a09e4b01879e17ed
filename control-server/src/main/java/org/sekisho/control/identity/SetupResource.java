package org.sekisho.control.identity;

import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BadRequestException;
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
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.sekisho.control.audit.AuditLog;
import org.sekisho.control.identity.SessionOpening.Proof;
import org.sekisho.control.identity.SessionResource.SessionView;
import org.sekisho.control.passkey.PasskeyOptions;
import org.sekisho.control.passkey.Passkeys;

/** The first run: whoever holds the set-up link registers a passkey and becomes the first administrator, once. */
@Path("/api/v1/setup")
@Tag(name = "setup")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class SetupResource {
    private final SetupLinks links;
    private final OperatorStore operators;
    private final Passkeys passkeys;
    private final SessionOpening opening;
    private final AttemptLimiter limiter;
    private final AuditLog audit;
    private final SignInSettings settings;

    @Inject
    SetupResource(
            SetupLinks links,
            OperatorStore operators,
            Passkeys passkeys,
            SessionOpening opening,
            AttemptLimiter limiter,
            AuditLog audit,
            SignInSettings settings) {
        this.links = links;
        this.operators = operators;
        this.passkeys = passkeys;
        this.opening = opening;
        this.limiter = limiter;
        this.audit = audit;
        this.settings = settings;
    }

    /** Whether a set-up link can still be used, for the page behind it. */
    @GET
    @PermitAll
    @Operation(operationId = "checkSetup", summary = "Whether a set-up link is still good")
    public SetupState check(@QueryParam("token") @DefaultValue("") String token, @Context HttpServerRequest request) {
        String address = String.valueOf(request.remoteAddress().hostAddress());
        limiter.admit(address);
        boolean valid = links.valid(new Secret(token));
        if (!valid) {
            limiter.failed(address);
        }
        return new SetupState(valid);
    }

    /** What to ask the browser for. Doesn't use the link up. */
    @POST
    @Path("options")
    @PermitAll
    @Transactional(dontRollbackOn = ForbiddenException.class)
    @Operation(operationId = "beginSetUp", summary = "Begin to register the first administrator's passkey")
    public PasskeyOptions.Creation begin(@NotNull @Valid SetupBeginning setup, @Context HttpServerRequest request) {
        String address = String.valueOf(request.remoteAddress().hostAddress());
        limiter.begin(address);
        Secret link = new Secret(setup.token());
        if (!links.valid(link)) {
            throw refused(address);
        }
        String name = OperatorName.checked(setup.name());
        if (operators.byName(name).isPresent()) {
            throw nameTaken();
        }
        return passkeys.begin(purpose(link), UUID.randomUUID(), name, settings.challengeLife());
    }

    /** Makes the first administrator and signs them in. */
    @POST
    @PermitAll
    @Transactional(dontRollbackOn = ForbiddenException.class)
    @Operation(operationId = "setUp", summary = "Become the first administrator by the set-up link and a passkey")
    @APIResponse(
            responseCode = "200",
            description = "Set up and signed in; the session is in a cookie",
            content = @Content(schema = @Schema(implementation = SessionView.class)))
    public Response setUp(@NotNull @Valid SetupRequest setup, @Context HttpServerRequest request) {
        String address = String.valueOf(request.remoteAddress().hostAddress());
        limiter.admit(address);
        Secret link = new Secret(setup.token());
        Optional<UUID> claimed = passkeys.claim(purpose(link), setup.passkey().answer());
        if (!links.use(link)) {
            throw refused(address);
        }
        // What is thrown from here on rolls back and so leaves the link in force for another try.
        UUID id = claimed.orElseThrow(PasskeyAnswer::refused);
        Operator first = operators
                .create(id, OperatorName.checked(setup.name()), Operator.Kind.PERSON, Grants.of(Role.ADMINISTRATOR))
                .orElseThrow(SetupResource::nameTaken);
        setup.passkey().register(passkeys, id);
        audit.recordAs(first.name(), "setup.complete", first.name(), Map.of("address", address));
        return opening.open(first, first.grants(), Proof.PASSKEY, null, address);
    }

    private ForbiddenException refused(String address) {
        limiter.failed(address);
        audit.recordAs(AuditLog.NOBODY, "setup.refuse", address, Map.of());
        return new ForbiddenException("the set-up link is unknown, used up or expired; "
                + "restart the server to get a new one if nobody has been set up yet");
    }

    private static BadRequestException nameTaken() {
        return new BadRequestException("there is an operator of this name already; choose another name");
    }

    private static String purpose(Secret link) {
        return "setup " + HexFormat.of().formatHex(link.hash("setup-passkey"));
    }

    /**
     * How a set-up link stands.
     *
     * @param valid the link can be used
     */
    @Schema(requiredProperties = "valid")
    public record SetupState(boolean valid) {}

    /**
     * Who wants to become the first administrator.
     *
     * @param token from the link
     * @param name the new operator's name
     */
    public record SetupBeginning(
            @NotBlank @Size(max = 128) String token,
            @NotBlank @Size(max = 200) String name) {
        @Override
        public String toString() {
            return "SetupBeginning[…]";
        }
    }

    /**
     * Who becomes the first administrator.
     *
     * @param token from the link
     * @param name the new operator's name
     */
    public record SetupRequest(
            @NotBlank @Size(max = 128) String token,
            @NotBlank @Size(max = 200) String name,
            @NotNull @Valid PasskeyAnswer passkey) {
        @Override
        public String toString() {
            return "SetupRequest[…]";
        }
    }
}
