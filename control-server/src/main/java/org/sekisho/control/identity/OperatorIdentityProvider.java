package org.sekisho.control.identity;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.identity.SessionStore.LiveSession;

/** Turns a proof into an identity: the operator as principal, with the roles that the proof stands for. */
@ApplicationScoped
class OperatorIdentityProvider implements IdentityProvider<OperatorCredential> {
    /** Attribute with the {@link LiveSession}, where a console session is behind the identity. */
    static final String SESSION = "sekisho.session";
    /** Attribute with the {@link Grants}: roles with their branches. */
    static final String GRANTS = "sekisho.grants";
    /** Attribute with the {@link OperatorCredential}. */
    static final String PROOF = "sekisho.proof";

    private final TokenStore tokens;
    private final SessionStore sessions;

    @Inject
    OperatorIdentityProvider(TokenStore tokens, SessionStore sessions) {
        this.tokens = tokens;
        this.sessions = sessions;
    }

    @Override
    public Class<OperatorCredential> getRequestType() {
        return OperatorCredential.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(OperatorCredential credential, AuthenticationRequestContext context) {
        return context.runBlocking(() -> switch (credential.kind()) {
            case TOKEN -> byToken(credential);
            case SESSION, UNATTENDED_SESSION -> bySession(credential);
        });
    }

    /** What the proof allows now; empty if it has ended. Doesn't count as a sign of activity. */
    Optional<Grants> stillAllows(OperatorCredential credential) {
        return switch (credential.kind()) {
            case TOKEN -> tokens.bearer(credential.secret()).map(TokenStore.Bearer::grants);
            case SESSION, UNATTENDED_SESSION ->
                sessions.find(credential.secret(), false).map(LiveSession::grants);
        };
    }

    private SecurityIdentity byToken(OperatorCredential credential) {
        return tokens.bearer(credential.secret())
                .map(bearer -> identity(bearer.operator(), bearer.grants(), credential, null))
                .orElseThrow(() -> new AuthenticationFailedException(
                        "the operator token is unknown, expired or revoked; ask an administrator for a new one"));
    }

    private SecurityIdentity bySession(OperatorCredential credential) {
        boolean attended = credential.kind() == OperatorCredential.Kind.SESSION;
        return sessions.find(credential.secret(), attended)
                .map(live -> identity(live.operator(), live.grants(), credential, live))
                .orElseGet(() -> QuarkusSecurityIdentity.builder()
                        .setAnonymous(true)
                        .setPrincipal(() -> "")
                        .build());
    }

    private static SecurityIdentity identity(
            Operator operator, Grants grants, OperatorCredential proof, @Nullable LiveSession session) {
        QuarkusSecurityIdentity.Builder builder = QuarkusSecurityIdentity.builder()
                .setPrincipal(operator)
                .addRoles(grants.roleNames())
                .addAttribute(GRANTS, grants)
                .addAttribute(PROOF, proof);
        if (session != null) {
            builder.addAttribute(SESSION, session);
        }
        return builder.build();
    }
}
