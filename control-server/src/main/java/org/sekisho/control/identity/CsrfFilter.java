package org.sekisho.control.identity;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.inject.Inject;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.sekisho.control.identity.SessionStore.LiveSession;

/**
 * A request that changes something and is signed in by the browser's cookie must carry the session's token in a header,
 * which another site can't make a browser send. Operator tokens need none: no browser sends them by itself.
 */
class CsrfFilter {
    static final String HEADER = "X-Sekisho-Csrf";
    private static final Set<String> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final SecurityIdentity identity;

    @Inject
    CsrfFilter(SecurityIdentity identity) {
        this.identity = identity;
    }

    @ServerRequestFilter
    void check(ContainerRequestContext request) {
        if (SAFE.contains(request.getMethod())) {
            return;
        }
        LiveSession session = identity.getAttribute(OperatorIdentityProvider.SESSION);
        if (session == null) {
            return;
        }
        String given = request.getHeaderString(HEADER);
        if (given == null || !equal(given, session.secret().csrf())) {
            throw new ForbiddenException("the request lacks the session's " + HEADER
                    + " header, as one forged by another site would; reload the console and try again");
        }
    }

    private static boolean equal(String given, String expected) {
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
    }
}
