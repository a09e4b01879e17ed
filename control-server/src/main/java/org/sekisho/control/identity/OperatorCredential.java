package org.sekisho.control.identity;

import static java.util.Objects.requireNonNull;

import io.quarkus.security.identity.request.BaseAuthenticationRequest;

/** What a request brought to prove who sends it. */
final class OperatorCredential extends BaseAuthenticationRequest {
    private final Secret secret;
    private final boolean cookie;

    OperatorCredential(Secret secret, boolean cookie) {
        this.secret = requireNonNull(secret, "secret is null");
        this.cookie = cookie;
    }

    Secret secret() {
        return secret;
    }

    /** True for a console session's cookie, false for an operator token. */
    boolean cookie() {
        return cookie;
    }
}
