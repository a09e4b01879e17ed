package org.sekisho.control.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.sekisho.control.store.Times;

/** Operators and their tokens, in the database. Thread-safe; each call joins the caller's transaction. */
@ApplicationScoped
class OperatorStore {
    static final String TOKEN = "operator-token";
    private final Jdbi jdbi;

    @Inject
    OperatorStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Whether a person can already operate this server; until then the set-up link works. */
    boolean anyPerson() {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT EXISTS (SELECT 1 FROM operator WHERE kind = 'PERSON' AND disabled_at IS NULL)")
                .mapTo(Boolean.class)
                .one());
    }

    /** Appoints an operator; empty if the name is taken, also by somebody who asks at the same time. */
    Optional<Operator> create(String name, Operator.Kind kind, Role role) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        INSERT INTO operator (id, name, kind, role) VALUES (:id, :name, :kind, :role)
                        ON CONFLICT (name) DO NOTHING
                        RETURNING id, name, kind, role, created_at, disabled_at""")
                .bind("id", UUID.randomUUID())
                .bind("name", name)
                .bind("kind", kind.name())
                .bind("role", role.wireName())
                .map((row, context) -> operator(row))
                .findOne());
    }

    List<Operator> list() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT * FROM operator ORDER BY name")
                .map((row, context) -> operator(row))
                .list());
    }

    Optional<Operator> byId(UUID id) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT * FROM operator WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> operator(row))
                .findOne());
    }

    Optional<Operator> byName(String name) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT * FROM operator WHERE name = :name")
                .bind("name", name)
                .map((row, context) -> operator(row))
                .findOne());
    }

    /** A new token; only its hash is kept, so the answer is the one time that it can be read. */
    IssuedToken issue(UUID operator, Role role, Instant expiresAt) {
        Secret secret = Secret.generate("sko");
        UUID id = UUID.randomUUID();
        jdbi.useHandle(handle -> handle.createUpdate("""
                        INSERT INTO operator_token (id, operator, hash, role, expires_at)
                        VALUES (:id, :operator, :hash, :role, :expires)""")
                .bind("id", id)
                .bind("operator", operator)
                .bind("hash", secret.hash(TOKEN))
                .bind("role", role.wireName())
                .bind("expires", Times.sql(expiresAt))
                .execute());
        return new IssuedToken(id, secret, expiresAt);
    }

    List<TokenEntry> tokensOf(UUID operator) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT id, role, created_at, expires_at, revoked_at FROM operator_token "
                                + "WHERE operator = :operator ORDER BY created_at")
                .bind("operator", operator)
                .map((row, context) -> new TokenEntry(
                        row.getObject("id", UUID.class),
                        row.getString("role"),
                        Times.instant(row, "created_at"),
                        Times.instant(row, "expires_at"),
                        row.getObject("revoked_at") != null))
                .list());
    }

    /** Voids a token; false if the operator has no such token in force. */
    boolean revoke(UUID operator, UUID token) {
        return jdbi.withHandle(handle -> {
            int revoked = handle.createUpdate("UPDATE operator_token SET revoked_at = now() "
                            + "WHERE id = :id AND operator = :operator AND revoked_at IS NULL")
                    .bind("id", token)
                    .bind("operator", operator)
                    .execute();
            handle.createUpdate("DELETE FROM operator_session WHERE token = :id")
                    .bind("id", token)
                    .execute();
            return revoked == 1;
        });
    }

    /** Who holds this token, if it is in force. */
    Optional<Bearer> bearer(Secret token) {
        if (!token.plausible()) {
            return Optional.empty();
        }
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT o.*, t.id AS token_id, t.role AS token_role FROM operator_token t JOIN operator o ON o.id = t.operator
                        WHERE t.hash = :hash AND t.revoked_at IS NULL AND t.expires_at > now() AND o.disabled_at IS NULL""")
                .bind("hash", token.hash(TOKEN))
                .map((row, context) -> new Bearer(
                        operator(row), row.getObject("token_id", UUID.class), Role.of(row.getString("token_role"))))
                .findOne());
    }

    static Operator operator(ResultSet row) throws SQLException {
        return new Operator(
                row.getObject("id", UUID.class),
                row.getString("name"),
                Operator.Kind.valueOf(row.getString("kind")),
                Role.of(row.getString("role")),
                Times.instant(row, "created_at"),
                row.getObject("disabled_at") != null);
    }

    record IssuedToken(UUID id, Secret secret, Instant expiresAt) {}

    record TokenEntry(UUID id, String role, Instant createdAt, Instant expiresAt, boolean revoked) {}

    record Bearer(Operator operator, UUID token, Role role) {}
}
