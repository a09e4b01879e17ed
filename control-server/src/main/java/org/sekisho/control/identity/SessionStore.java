package org.sekisho.control.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.sekisho.control.store.Times;

/** Console sessions. A session ends with its time, its idleness, or the token that opened it. Thread-safe. */
@ApplicationScoped
class SessionStore {
    private static final String SESSION = "session";
    /** A working day: nobody stays signed in overnight. */
    private static final Duration LIFETIME = Duration.ofHours(12);
    /** OWASP ASVS 5.0 asks for re-authentication after inactivity; thirty minutes suit a desk that also has a lock. */
    private static final Duration IDLE = Duration.ofMinutes(30);
    /** `last_seen` is written at most this often, so that reading a page costs no write. */
    private static final Duration TOUCH = Duration.ofMinutes(1);

    private final Jdbi jdbi;

    @Inject
    SessionStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    OpenedSession open(UUID token) {
        Secret secret = Secret.generate("sks");
        Instant expiresAt = Instant.now().plus(LIFETIME);
        jdbi.useHandle(handle -> {
            handle.execute("DELETE FROM operator_session WHERE expires_at < now()");
            handle.createUpdate(
                            "INSERT INTO operator_session (hash, token, expires_at) VALUES (:hash, :token, :expires)")
                    .bind("hash", secret.hash(SESSION))
                    .bind("token", token)
                    .bind("expires", Times.sql(expiresAt))
                    .execute();
        });
        return new OpenedSession(secret, expiresAt);
    }

    /** Whose session this is, if it is alive; also counts as a sign of activity. */
    Optional<LiveSession> find(Secret session) {
        if (!session.plausible()) {
            return Optional.empty();
        }
        byte[] hash = session.hash(SESSION);
        return jdbi.withHandle(handle -> {
            Optional<LiveSession> live = handle.createQuery("""
                            SELECT o.*, t.role AS token_role, s.expires_at AS session_expires
                            FROM operator_session s JOIN operator_token t ON t.id = s.token JOIN operator o ON o.id = t.operator
                            WHERE s.hash = :hash AND s.expires_at > now() AND s.last_seen > now() - make_interval(secs => :idle)
                              AND t.revoked_at IS NULL AND t.expires_at > now() AND o.disabled_at IS NULL""")
                    .bind("hash", hash)
                    .bind("idle", IDLE.toSeconds())
                    .map((row, context) -> new LiveSession(
                            OperatorStore.operator(row),
                            Role.of(row.getString("token_role")),
                            Times.instant(row, "session_expires"),
                            session))
                    .findOne();
            live.ifPresent(found -> handle.createUpdate("UPDATE operator_session SET last_seen = now() "
                            + "WHERE hash = :hash AND last_seen < now() - make_interval(secs => :touch)")
                    .bind("hash", hash)
                    .bind("touch", TOUCH.toSeconds())
                    .execute());
            return live;
        });
    }

    void close(Secret session) {
        jdbi.useHandle(handle -> handle.createUpdate("DELETE FROM operator_session WHERE hash = :hash")
                .bind("hash", session.hash(SESSION))
                .execute());
    }

    record OpenedSession(Secret secret, Instant expiresAt) {}

    record LiveSession(Operator operator, Role role, Instant expiresAt, Secret secret) {}
}
