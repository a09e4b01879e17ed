package org.sekisho.control.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jdbi.v3.core.Jdbi;
import org.sekisho.control.identity.Grants.RoleGrant;
import org.sekisho.control.store.Notifications;
import org.sekisho.control.store.Notifications.Topic;
import org.sekisho.control.store.Times;

/** Operators' tokens in the database. Thread-safe; each call joins the caller's transaction. */
@ApplicationScoped
class TokenStore {
    static final String TOKEN = "operator-token";

    private final Jdbi jdbi;

    @Inject
    TokenStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** A new token; only its hash is kept, so the answer is the one time that it can be read. */
    IssuedToken issue(UUID operator, String label, Grants grants, Instant expiresAt) {
        Secret secret = Secret.generate("sko");
        UUID id = UUID.randomUUID();
        jdbi.useHandle(handle -> handle.createUpdate("""
                        INSERT INTO operator_token (id, operator, hash, label, grants, expires_at)
                        VALUES (:id, :operator, :hash, :label, :grants, :expires)""")
                .bind("id", id)
                .bind("operator", operator)
                .bind("hash", secret.hash(TOKEN))
                .bind("label", label)
                .bindArray("grants", String.class, (Object[]) grants.texts())
                .bind("expires", Times.sql(expiresAt))
                .execute());
        return new IssuedToken(id, secret, expiresAt);
    }

    List<TokenEntry> of(UUID operator) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT * FROM operator_token "
                        + "WHERE operator = :operator ORDER BY created_at DESC, id LIMIT 500")
                .bind("operator", operator)
                .map((row, context) -> new TokenEntry(
                        row.getObject("id", UUID.class),
                        row.getString("label"),
                        Grants.read(row, "grants").view(),
                        Times.instant(row, "created_at"),
                        Times.instant(row, "expires_at"),
                        row.getObject("revoked_at") != null))
                .list());
    }

    /** Voids a token and the sessions it opened; false if the operator has no such token in force. */
    boolean revoke(UUID operator, UUID token) {
        return jdbi.withHandle(handle -> {
            int revoked = handle.createUpdate("UPDATE operator_token SET revoked_at = now() "
                            + "WHERE id = :id AND operator = :operator AND revoked_at IS NULL")
                    .bind("id", token)
                    .bind("operator", operator)
                    .execute();
            if (revoked == 1) {
                handle.execute("DELETE FROM operator_session WHERE token = ?", token);
                Notifications.tell(handle, Topic.OPERATOR, operator.toString());
            }
            return revoked == 1;
        });
    }

    /** Who holds this token, if it is in force. */
    Optional<Bearer> bearer(Secret token) {
        if (!token.plausible()) {
            return Optional.empty();
        }
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT o.*, t.id AS token_id, t.grants AS token_grants FROM operator_token t JOIN operator o ON o.id = t.operator
                        WHERE t.hash = :hash AND t.revoked_at IS NULL AND t.expires_at > now() AND o.disabled_at IS NULL""")
                .bind("hash", token.hash(TOKEN))
                .map((row, context) -> {
                    Operator operator = Operator.of(row);
                    return new Bearer(
                            operator,
                            row.getObject("token_id", UUID.class),
                            Grants.read(row, "token_grants").within(operator.grants()));
                })
                .findOne());
    }

    record IssuedToken(UUID id, Secret secret, Instant expiresAt) {}

    /**
     * A token as it is listed, without its secret.
     *
     * @param label what it is for
     */
    @Schema(requiredProperties = {"id", "label", "roles", "createdAt", "expiresAt", "revoked"})
    public record TokenEntry(
            UUID id, String label, List<RoleGrant> roles, Instant createdAt, Instant expiresAt, boolean revoked) {}

    /** Who holds a token, and what it allows now. */
    record Bearer(Operator operator, UUID token, Grants grants) {}
}
