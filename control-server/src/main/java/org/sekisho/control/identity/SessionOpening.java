package org.sekisho.control.identity;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.audit.AuditLog;
import org.sekisho.control.identity.SessionResource.OperatorRef;
import org.sekisho.control.identity.SessionResource.SessionView;
import org.sekisho.control.identity.SessionStore.OpenedSession;

/** Opens console sessions for those who have proven who they are, and puts them into the browser's cookie. */
@Singleton
class SessionOpening {
    private final SessionStore sessions;
    private final AuditLog audit;

    @Inject
    SessionOpening(SessionStore sessions, AuditLog audit) {
        this.sessions = sessions;
        this.audit = audit;
    }

    /** By what somebody proved who they are; goes to the audit log. */
    enum Proof {
        PASSKEY,
        OPERATOR_TOKEN,
        IDENTITY_PROVIDER
    }

    Response open(Operator operator, Grants grants, Proof proof, @Nullable UUID token, String address) {
        OpenedSession opened = sessions.open(operator.id(), token);
        audit.recordAs(operator.name(), "session.open", address, Map.of("by", proof.name()));
        SessionView view = new SessionView(
                new OperatorRef(operator.id(), operator.name()),
                List.copyOf(grants.roleNames()),
                grants.view(),
                opened.secret().csrf(),
                opened.expiresAt());
        return Response.ok(view).cookie(cookie(opened.secret().text(), -1)).build();
    }

    /** Drops the cookie. */
    static Response closed() {
        return Response.noContent().cookie(cookie("", 0)).build();
    }

    /** Kept by the browser until it closes (-1), or dropped at once (0). */
    private static NewCookie cookie(String value, int maxAge) {
        return new NewCookie.Builder(OperatorAuthentication.COOKIE)
                .value(value)
                .path("/")
                .secure(true)
                .httpOnly(true)
                .sameSite(NewCookie.SameSite.STRICT)
                .maxAge(maxAge)
                .build();
    }
}
