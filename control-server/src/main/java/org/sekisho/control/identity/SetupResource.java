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
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.sekisho.control.audit.AuditLog;
import org.sekisho.control.identity.OperatorStore.IssuedToken;

/** The first run: whoever holds the set-up link becomes the first administrator, once. */
@Path("/api/v1/setup")
@Tag(name = "setup")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class SetupResource {
    /** The first token of a person; they issue themselves another before it ends. */
    private static final Duration FIRST_TOKEN = Duration.ofDays(90);

    private final SetupLinks links;
    private final OperatorStore operators;
    private final AttemptLimiter limiter;
    private final AuditLog audit;

    @Inject
    SetupResource(SetupLinks links, OperatorStore operators, AttemptLimiter limiter, AuditLog audit) {
        this.links = links;
        this.operators = operators;
        this.limiter = limiter;
        this.audit = audit;
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

    /** Makes the first administrator and answers their operator token, this once. */
    @POST
    @PermitAll
    @Transactional(dontRollbackOn = ForbiddenException.class)
    @Operation(operationId = "setUp", summary = "Become the first administrator by the set-up link")
    public SetupDone setUp(@NotNull @Valid SetupRequest setup, @Context HttpServerRequest request) {
        String address = String.valueOf(request.remoteAddress().hostAddress());
        limiter.admit(address);
        if (!links.use(new Secret(setup.token()))) {
            limiter.failed(address);
            audit.recordAs(AuditLog.NOBODY, "setup.refuse", address, Map.of());
            throw new ForbiddenException("the set-up link is unknown, used up or expired; "
                    + "restart the server to get a new one if nobody has been set up yet");
        }
        // Thrown after the link was used up: the roll-back leaves it in force for another name.
        Operator first = operators
                .create(OperatorName.checked(setup.name()), Operator.Kind.PERSON, Role.ADMINISTRATOR)
                .orElseThrow(() ->
                        new BadRequestException("there is an operator of this name already; choose another name"));
        IssuedToken token =
                operators.issue(first.id(), Role.ADMINISTRATOR, Instant.now().plus(FIRST_TOKEN));
        audit.recordAs(first.name(), "setup.complete", first.name(), Map.of("address", address));
        return new SetupDone(token.secret().text(), token.expiresAt());
    }

    /**
     * How a set-up link stands.
     *
     * @param valid the link can be used
     */
    public record SetupState(boolean valid) {}

    /**
     * Who becomes the first administrator.
     *
     * @param token from the link
     * @param name the new operator's name
     */
    public record SetupRequest(
            @NotBlank @Size(max = 128) String token,
            @NotBlank @Size(max = 200) String name) {
        @Override
        public String toString() {
            return "SetupRequest[…]";
        }
    }

    /**
     * The first administrator's way in.
     *
     * @param operatorToken shown this once
     */
    public record SetupDone(String operatorToken, Instant expiresAt) {
        @Override
        public String toString() {
            return "SetupDone[…]";
        }
    }
}
