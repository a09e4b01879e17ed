package org.sekisho.control.identity;

import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.sekisho.control.audit.AuditLog;
import org.sekisho.control.identity.DeviceRequests.Answer;
import org.sekisho.control.identity.DeviceRequests.Approved;
import org.sekisho.control.identity.DeviceRequests.Begun;
import org.sekisho.control.identity.DeviceRequests.Denied;
import org.sekisho.control.identity.DeviceRequests.Expired;
import org.sekisho.control.identity.DeviceRequests.Hasty;
import org.sekisho.control.identity.DeviceRequests.Pending;
import org.sekisho.control.identity.Grants.RoleGrant;
import org.sekisho.control.identity.TokenStore.IssuedToken;
import org.sekisho.control.rest.ProblemException;

/** The command's side of signing in by approval at the console (RFC 8628). */
@Path("/api/v1/device")
@Tag(name = "device")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class DeviceResource {
    private final DeviceRequests requests;
    private final OperatorStore operators;
    private final TokenStore tokens;
    private final AttemptLimiter limiter;
    private final AuditLog audit;
    private final SignInSettings settings;
    private final SignInAddresses addresses;

    @Inject
    DeviceResource(
            DeviceRequests requests,
            OperatorStore operators,
            TokenStore tokens,
            AttemptLimiter limiter,
            AuditLog audit,
            SignInSettings settings,
            SignInAddresses addresses) {
        this.requests = requests;
        this.operators = operators;
        this.tokens = tokens;
        this.limiter = limiter;
        this.audit = audit;
        this.settings = settings;
        this.addresses = addresses;
    }

    /** A code to show, and one to ask with. */
    @POST
    @Path("authorization")
    @PermitAll
    @Transactional
    @Operation(operationId = "beginDevice", summary = "Ask to be let in by somebody at the console (RFC 8628, 3.1)")
    public DeviceAuthorization begin(@NotNull @Valid DeviceClient client, @Context HttpServerRequest request) {
        String address = String.valueOf(request.remoteAddress().hostAddress());
        limiter.begin(address);
        Begun begun = requests.begin(OperatorName.checked(client.name()), address, settings.deviceLife());
        String shown = DeviceRequests.shown(begun.userCode());
        return new DeviceAuthorization(
                begun.device().text(),
                shown,
                addresses.page("/device"),
                addresses.page("/device?code=" + shown),
                settings.deviceLife().toSeconds(),
                DeviceRequests.PACE_SECONDS);
    }

    /** The token, once somebody agreed; until then a problem with RFC 8628's code. */
    @POST
    @Path("token")
    @PermitAll
    @Transactional(dontRollbackOn = ProblemException.class)
    @Operation(operationId = "askDeviceToken", summary = "Ask whether somebody agreed (RFC 8628, 3.4)")
    public DeviceToken ask(@NotNull @Valid DeviceQuestion question, @Context HttpServerRequest request) {
        String address = String.valueOf(request.remoteAddress().hostAddress());
        limiter.admit(address);
        Answer answer = requests.ask(new Secret(question.deviceCode()));
        return switch (answer) {
            case Approved approved -> issue(approved, address);
            case Pending pending ->
                throw new ProblemException(400, "authorization_pending", "Nobody has agreed yet; ask again");
            case Hasty hasty -> throw new ProblemException(400, "slow_down", "Ask five seconds less often");
            case Denied denied -> throw new ProblemException(400, "access_denied", "Somebody at the console refused");
            case Expired expired -> {
                limiter.failed(address);
                throw new ProblemException(400, "expired_token", "The code is unknown or too old; begin again");
            }
        };
    }

    private DeviceToken issue(Approved approved, String address) {
        Operator operator = operators
                .byId(approved.operator())
                .filter(one -> !one.disabled())
                .orElseThrow(() -> new ProblemException(400, "access_denied", "Who agreed is no operator any more"));
        Grants grants = approved.grants().within(operator.grants());
        if (grants.isEmpty()) {
            throw new ProblemException(400, "access_denied", "Who agreed has lost these roles");
        }
        IssuedToken issued = tokens.issue(operator.id(), approved.client(), grants, approved.tokenUntil());
        audit.recordAs(
                operator.name(),
                "device.sign-in",
                operator.name(),
                Map.of(
                        "token", issued.id().toString(),
                        "client", approved.client(),
                        "address", address,
                        "roles", grants.line()));
        return new DeviceToken(issued.secret().text(), operator.name(), grants.view(), issued.expiresAt());
    }

    /**
     * Who asks.
     *
     * @param name of the machine, for the person who decides
     */
    public record DeviceClient(@NotBlank @Size(max = 100) String name) {}

    /**
     * What to show, and what to ask with (RFC 8628, 3.2).
     *
     * @param deviceCode secret
     * @param verificationUriComplete the same page with the code filled in
     * @param expiresIn seconds
     * @param interval seconds between two questions
     */
    @Schema(
            requiredProperties = {
                "deviceCode",
                "userCode",
                "verificationUri",
                "verificationUriComplete",
                "expiresIn",
                "interval"
            })
    public record DeviceAuthorization(
            String deviceCode,
            String userCode,
            String verificationUri,
            String verificationUriComplete,
            long expiresIn,
            int interval) {
        @Override
        public String toString() {
            return "DeviceAuthorization[" + userCode + "]";
        }
    }

    /** The secret code again. */
    public record DeviceQuestion(@NotBlank @Size(max = 128) String deviceCode) {
        @Override
        public String toString() {
            return "DeviceQuestion[…]";
        }
    }

    /**
     * The command is let in.
     *
     * @param token an operator token, answered this once
     * @param operator who agreed, and on whose behalf the command acts
     */
    @Schema(requiredProperties = {"token", "operator", "roles", "expiresAt"})
    public record DeviceToken(String token, String operator, List<RoleGrant> roles, Instant expiresAt) {
        @Override
        public String toString() {
            return "DeviceToken[…]";
        }
    }
}
