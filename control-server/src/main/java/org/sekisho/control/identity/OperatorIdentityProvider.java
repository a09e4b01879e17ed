package org.sekisho.control.identity;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.identity.SessionStore.LiveSession;

/** Turns a proof into an identity: the operator as principal, with the one role of the token behind it. */
@ApplicationScoped
class OperatorIdentityProvider implements IdentityProvider<OperatorCredential> {
    /** Attribute with the {@link LiveSession}, where a console session is behind the identity. */
    static final String SESSION = "sekisho.session";

    private final OperatorStore operators;
    private final SessionStore sessions;

    @Inject
    OperatorIdentityProvider(OperatorStore operators, SessionStore sessions) {
        this.operators = operators;
        this.sessions = sessions;
    }

    @Override
    public Class<OperatorCredential> getRequestType() {
        return OperatorCredential.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(OperatorCredential credential, AuthenticationRequestContext context) {
        return credential.cookie()
                ? context.runBlocking(() -> bySession(credential.secret()))
                : context.runBlocking(() -> byToken(credential.secret()));
    }

    private SecurityIdentity byToken(Secret token) {
        return operators
                .bearer(token)
                .map(bearer -> identity(bearer.operator(), bearer.role(), null))
                .orElseThrow(() -> new AuthenticationFailedException(
                        "the operator token is unknown, expired or revoked; ask an administrator for a new one"));
    }

    private SecurityIdentity bySession(Secret session) {
        return sessions.find(session)
                .map(live -> identity(live.operator(), live.role(), live))
                .orElseGet(() -> QuarkusSecurityIdentity.builder()
                        .setAnonymous(true)
                        .setPrincipal(() -> "")
                        .build());
    }

    private static SecurityIdentity identity(Operator operator, Role role, @Nullable LiveSession session) {
        QuarkusSecurityIdentity.Builder builder =
                QuarkusSecurityIdentity.builder().setPrincipal(operator).addRole(role.wireName());
        if (session != null) {
            builder.addAttribute(SESSION, session);
        }
        return builder.build();
    }
}
