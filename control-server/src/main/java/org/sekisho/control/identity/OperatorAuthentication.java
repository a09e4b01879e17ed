package org.sekisho.control.identity;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.Cookie;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.identity.OperatorCredential.Kind;

/**
 * Finds an operator's proof in a request: {@code Authorization: Bearer} (RFC 6750) with an operator token, or a console
 * session's cookie. A wrong token is refused; a stale cookie only means that nobody is signed in.
 */
@ApplicationScoped
class OperatorAuthentication implements HttpAuthenticationMechanism {
    /** The {@code __Host-} prefix has the browser refuse it without TLS, from another host, or with a narrower path. */
    static final String COOKIE = "__Host-sekisho";

    /**
     * Header of requests that an open page makes while nobody is at it: they don't keep the session from going idle. Leaving
     * it out gains nobody anything that a key press wouldn't.
     */
    static final String UNATTENDED = "X-Sekisho-Unattended";

    private static final String BEARER = "Bearer ";

    @Override
    public Uni<@Nullable SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager providers) {
        String authorization = context.request().getHeader(HttpHeaderNames.AUTHORIZATION);
        if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            Secret secret = new Secret(authorization.substring(BEARER.length()).strip());
            return providers.authenticate(new OperatorCredential(secret, Kind.TOKEN));
        }
        Cookie cookie = context.request().getCookie(COOKIE);
        if (cookie != null) {
            boolean unattended = context.request().headers().contains(UNATTENDED);
            return providers.authenticate(new OperatorCredential(
                    new Secret(cookie.getValue()), unattended ? Kind.UNATTENDED_SESSION : Kind.SESSION));
        }
        return Uni.createFrom().nullItem();
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom()
                .item(new ChallengeData(401, HttpHeaderNames.WWW_AUTHENTICATE.toString(), "Bearer realm=\"sekisho\""));
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of(OperatorCredential.class);
    }
}
