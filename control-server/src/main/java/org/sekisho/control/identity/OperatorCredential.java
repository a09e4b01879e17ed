package org.sekisho.control.identity;

import static java.util.Objects.requireNonNull;

import io.quarkus.security.identity.request.BaseAuthenticationRequest;

/** What a request brought to prove who sends it. */
final class OperatorCredential extends BaseAuthenticationRequest {
    private final Secret secret;
    private final Kind kind;

    OperatorCredential(Secret secret, Kind kind) {
        this.secret = requireNonNull(secret, "secret is null");
        this.kind = requireNonNull(kind, "kind is null");
    }

    /** Where the secret came from. */
    enum Kind {
        /** An operator token in the request's header. */
        TOKEN,
        /** A console session's cookie, on a request that its person made. */
        SESSION,
        /** A console session's cookie, on a request that an open page made by itself. */
        UNATTENDED_SESSION
    }

    Secret secret() {
        return secret;
    }

    Kind kind() {
        return kind;
    }
}
