package org.sekisho.control.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.store.Notifications;
import org.sekisho.control.store.Notifications.Topic;
import org.sekisho.control.store.Times;

/**
 * Console sessions. A session ends with its time, its idleness, its operator or the token that opened it; and when its
 * operator opens too many others. Thread-safe; each call joins the caller's transaction.
 */
@ApplicationScoped
class SessionStore {
    static final String SESSION = "session";
    /** `last_seen` is written at most this often, so that reading a page costs no write. */
    private static final Duration TOUCH = Duration.ofMinutes(1);

    private static final String ALIVE = """
            SELECT o.*, t.grants AS token_grants, s.expires_at AS session_expires
            FROM operator_session s JOIN operator o ON o.id = s.operator LEFT JOIN operator_token t ON t.id = s.token
            WHERE s.hash = :hash AND s.expires_at > now() AND s.last_seen > now() - make_interval(secs => :idle)
              AND (s.token IS NULL OR (t.revoked_at IS NULL AND t.expires_at > now())) AND o.disabled_at IS NULL""";

    private final Jdbi jdbi;
    private final SignInSettings settings;

    @Inject
    SessionStore(Jdbi jdbi, SignInSettings settings) {
        this.jdbi = jdbi;
        this.settings = settings;
    }

    /** A new session; beyond the most that an operator may have, the oldest end. */
    OpenedSession open(UUID operator, @Nullable UUID token) {
        Secret secret = Secret.generate("sks");
        Instant expiresAt = Instant.now().plus(settings.sessionLife());
        jdbi.useHandle(handle -> {
            // Two that sign in at once take turns, or each would count without the other.
            handle.execute("SELECT 1 FROM operator WHERE id = ? FOR NO KEY UPDATE", operator);
            handle.createUpdate("DELETE FROM operator_session"
                            + " WHERE expires_at < now() OR last_seen < now() - make_interval(secs => :idle)")
                    .bind("idle", settings.sessionIdle().toSeconds())
                    .execute();
            handle.createUpdate("""
                            DELETE FROM operator_session WHERE hash IN (SELECT hash FROM operator_session
                                WHERE operator = :operator ORDER BY created_at DESC, hash OFFSET :kept)""")
                    .bind("operator", operator)
                    .bind("kept", Math.max(settings.sessionsPerOperator() - 1, 0))
                    .execute();
            handle.createUpdate("""
                            INSERT INTO operator_session (hash, operator, token, created_at, expires_at)
                            VALUES (:hash, :operator, :token::uuid, clock_timestamp(), :expires)""")
                    .bind("hash", secret.hash(SESSION))
                    .bind("operator", operator)
                    .bind("token", token)
                    .bind("expires", Times.sql(expiresAt))
                    .execute();
        });
        return new OpenedSession(secret, expiresAt);
    }

    /**
     * Whose session this is, if it is alive.
     *
     * @param attended its person did something: that keeps it from going idle
     */
    Optional<LiveSession> find(Secret session, boolean attended) {
        if (!session.plausible()) {
            return Optional.empty();
        }
        byte[] hash = session.hash(SESSION);
        return jdbi.withHandle(handle -> {
            Optional<LiveSession> live = handle.createQuery(ALIVE)
                    .bind("hash", hash)
                    .bind("idle", settings.sessionIdle().toSeconds())
                    .map((row, context) -> {
                        Operator operator = Operator.of(row);
                        Grants grants = row.getArray("token_grants") == null
                                ? operator.grants()
                                : Grants.read(row, "token_grants").within(operator.grants());
                        return new LiveSession(operator, grants, Times.instant(row, "session_expires"), session);
                    })
                    .findOne();
            if (attended && live.isPresent()) {
                handle.createUpdate("UPDATE operator_session SET last_seen = now() "
                                + "WHERE hash = :hash AND last_seen < now() - make_interval(secs => :touch)")
                        .bind("hash", hash)
                        .bind("touch", TOUCH.toSeconds())
                        .execute();
            }
            return live;
        });
    }

    void close(LiveSession session) {
        jdbi.useHandle(handle -> {
            handle.execute("DELETE FROM operator_session WHERE hash = ?", (Object)
                    session.secret().hash(SESSION));
            Notifications.tell(handle, Topic.OPERATOR, session.operator().id().toString());
        });
    }

    /** Ends all of an operator's sessions; answers how many there were. */
    int closeAll(UUID operator) {
        return jdbi.withHandle(handle -> {
            int closed = handle.execute("DELETE FROM operator_session WHERE operator = ?", operator);
            Notifications.tell(handle, Topic.OPERATOR, operator.toString());
            return closed;
        });
    }

    record OpenedSession(Secret secret, Instant expiresAt) {}

    /** Whose session, and what it allows now. */
    record LiveSession(Operator operator, Grants grants, Instant expiresAt, Secret secret) {}
}
