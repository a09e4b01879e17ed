package org.sekisho.control.identity;

import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.sekisho.control.audit.AuditLog;
import org.sekisho.control.identity.SessionOpening.Proof;
import org.sekisho.control.oidc.OidcProvider;
import org.sekisho.control.oidc.OidcRefusedException;
import org.sekisho.control.oidc.OidcSettings;
import org.sekisho.control.oidc.ProvenPerson;

/**
 * Signing in to the console by the city's identity provider. The sign-in is bound to its browser by a cookie, so that nobody
 * can be signed in as somebody else by a link. Roles follow the provider's groups at each sign-in.
 */
@Path("/api/v1/sign-in/oidc")
@Tag(name = "session")
public class OidcSignInResource {
    private static final Logger LOG = Logger.getLogger(OidcSignInResource.class);
    private static final String COOKIE = "__Host-sekisho-oidc";

    private final OidcProvider provider;
    private final OperatorStore operators;
    private final SessionOpening opening;
    private final AttemptLimiter limiter;
    private final AuditLog audit;
    private final SignInAddresses addresses;
    private final Map<String, String> roles;

    @Inject
    OidcSignInResource(
            OidcProvider provider,
            OperatorStore operators,
            SessionOpening opening,
            AttemptLimiter limiter,
            AuditLog audit,
            SignInAddresses addresses,
            OidcSettings settings) {
        this.provider = provider;
        this.operators = operators;
        this.opening = opening;
        this.limiter = limiter;
        this.audit = audit;
        this.addresses = addresses;
        this.roles = Map.copyOf(settings.roles());
        roles.values().forEach(Grant::read);
    }

    /** Leads to the provider. */
    @GET
    @PermitAll
    @Operation(operationId = "beginOidcSignIn", summary = "Begin to sign in by the city's identity provider")
    @APIResponse(responseCode = "303", description = "To the provider")
    public Response begin(@Context HttpServerRequest request) {
        String address = String.valueOf(request.remoteAddress().hostAddress());
        limiter.begin(address);
        Secret state = Secret.generate("skn");
        try {
            return Response.seeOther(provider.begin(state.text(), callback()))
                    .cookie(cookie(state.text(), 600))
                    .build();
        } catch (OidcRefusedException e) {
            LOG.warn("Signing in by the identity provider could not begin", e);
            return onward("/sign-in?refused");
        }
    }

    /** Where the provider leads back. */
    @GET
    @Path("callback")
    @PermitAll
    @Transactional
    @Produces(MediaType.TEXT_HTML)
    @Operation(operationId = "finishOidcSignIn", summary = "End to sign in by the city's identity provider")
    @APIResponse(responseCode = "200", description = "A page that leads into the console, or back to sign-in")
    public Response finish(
            @QueryParam("state") @DefaultValue("") @Size(max = 128) String state,
            @QueryParam("code") @DefaultValue("") @Size(max = 4096) String code,
            @CookieParam(COOKIE) @DefaultValue("") String bound,
            @Context HttpServerRequest request) {
        String address = String.valueOf(request.remoteAddress().hostAddress());
        limiter.admit(address);
        if (state.isEmpty() || !same(state, bound)) {
            return refused(address, "the sign-in was not begun in this browser", "");
        }
        try {
            return admit(provider.finish(state, code, callback()), address);
        } catch (OidcRefusedException e) {
            return refused(address, String.valueOf(e.getMessage()), "");
        }
    }

    private Response admit(ProvenPerson person, String address) {
        Set<Grant> granted = person.groups().stream()
                .filter(roles::containsKey)
                .map(group -> Grant.read(String.valueOf(roles.get(group))))
                .collect(Collectors.toSet());
        if (granted.isEmpty() || granted.size() > Grants.MOST) {
            return refused(address, "no group of this person has a role here", person.subject());
        }
        Grants grants = new Grants(granted);
        Operator operator = operators.vouchedFor(person.issuer(), person.subject(), person.name(), grants);
        if (operator.disabled()) {
            return refused(address, "the operator is disabled", operator.name());
        }
        limiter.admit(operator.id());
        NewCookie session = opening.open(operator, grants, Proof.IDENTITY_PROVIDER, null, address)
                .getCookies()
                .get(OperatorAuthentication.COOKIE);
        return Response.fromResponse(onward("/")).cookie(session).build();
    }

    private Response refused(String address, String why, String account) {
        limiter.failed(address);
        audit.recordAs(
                AuditLog.NOBODY,
                "session.refuse",
                address,
                Map.of("by", Proof.IDENTITY_PROVIDER.name(), "why", why, "account", account));
        return onward("/sign-in?refused");
    }

    /**
     * Leads on by the page itself: browsers don't send the session's strict cookie along a redirect that another site
     * began.
     */
    private static Response onward(String path) {
        String page = "<!doctype html><meta charset=\"utf-8\"><meta http-equiv=\"refresh\" content=\"0;url=" + path
                + "\"><title>Sekisho</title>";
        return Response.ok(page, MediaType.TEXT_HTML_TYPE).cookie(cookie("", 0)).build();
    }

    private URI callback() {
        return URI.create(addresses.page("/api/v1/sign-in/oidc/callback"));
    }

    /** Lax: the provider's page leads back here, and that must carry it. */
    private static NewCookie cookie(String value, int maxAge) {
        return new NewCookie.Builder(COOKIE)
                .value(value)
                .path("/")
                .secure(true)
                .httpOnly(true)
                .sameSite(NewCookie.SameSite.LAX)
                .maxAge(maxAge)
                .build();
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
