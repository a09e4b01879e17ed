package org.sekisho.control.identity;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.store.Times;

/** One-time links for people, in the database; only their hashes. Thread-safe; joins the caller's transaction. */
@Singleton
class Invitations {
    private static final String INVITATION = "invitation";
    private static final String IN_FORCE =
            " hash = :hash AND used_at IS NULL AND withdrawn_at IS NULL AND expires_at > now()";

    private final Jdbi jdbi;

    @Inject
    Invitations(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** For somebody new; the answer is the one time that the secret can be read. */
    Issued invite(String name, @Nullable String email, Grants grants, String by, Instant expiresAt) {
        return insert(name, email, grants, null, by, expiresAt);
    }

    /** For another passkey of somebody who is an operator already. */
    Issued readmit(Operator operator, String by, Instant expiresAt) {
        return insert(operator.name(), null, null, operator.id(), by, expiresAt);
    }

    private Issued insert(
            String name,
            @Nullable String email,
            @Nullable Grants grants,
            @Nullable UUID operator,
            String by,
            Instant expiresAt) {
        Secret secret = Secret.generate("ski");
        return jdbi.withHandle(handle -> {
            var insert = handle.createQuery("""
                            INSERT INTO invitation (id, hash, name, email, grants, operator, created_by, expires_at)
                            VALUES (:id, :hash, :name, :email::text, :grants::text[], :operator::uuid, :by, :expires)
                            RETURNING *""")
                    .bind("id", UUID.randomUUID())
                    .bind("hash", secret.hash(INVITATION))
                    .bind("name", name)
                    .bind("email", email)
                    .bind("operator", operator)
                    .bind("by", by)
                    .bind("expires", Times.sql(expiresAt));
            if (grants == null) {
                insert.bindNull("grants", java.sql.Types.ARRAY);
            } else {
                insert.bindArray("grants", String.class, (Object[]) grants.texts());
            }
            return new Issued(
                    secret, insert.map((row, context) -> Invitation.of(row)).one());
        });
    }

    /** Newest first; what was used or withdrawn too, as long as it is recent. */
    List<Invitation> recent() {
        return jdbi.withHandle(
                handle -> handle.createQuery("SELECT * FROM invitation WHERE expires_at > now() - interval '30 days'"
                                + " ORDER BY created_at DESC, id LIMIT 500")
                        .map((row, context) -> Invitation.of(row))
                        .list());
    }

    Optional<Invitation> find(Secret link) {
        return link.plausible()
                ? jdbi.withHandle(handle -> handle.createQuery("SELECT * FROM invitation WHERE" + IN_FORCE)
                        .bind("hash", link.hash(INVITATION))
                        .map((row, context) -> Invitation.of(row))
                        .findOne())
                : Optional.empty();
    }

    /** Uses the link up. Of several at once exactly one gets it. */
    Optional<Invitation> use(Secret link) {
        return link.plausible()
                ? jdbi.withHandle(handle -> handle.createQuery(
                                "UPDATE invitation SET used_at = now() WHERE" + IN_FORCE + " RETURNING *")
                        .bind("hash", link.hash(INVITATION))
                        .map((row, context) -> Invitation.of(row))
                        .findOne())
                : Optional.empty();
    }

    /** Empty if there is none in force. */
    Optional<Invitation> withdraw(UUID id) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        UPDATE invitation SET withdrawn_at = now()
                        WHERE id = :id AND used_at IS NULL AND withdrawn_at IS NULL AND expires_at > now() RETURNING *""")
                .bind("id", id)
                .map((row, context) -> Invitation.of(row))
                .findOne());
    }

    record Issued(Secret secret, Invitation invitation) {}

    /**
     * A link.
     *
     * @param grants of the operator-to-be; null: {@code operator} gets another passkey
     */
    record Invitation(
            UUID id,
            String name,
            @Nullable String email,
            @Nullable Grants grants,
            @Nullable UUID operator,
            String createdBy,
            Instant createdAt,
            Instant expiresAt,
            boolean used,
            boolean withdrawn) {
        static Invitation of(ResultSet row) throws SQLException {
            return new Invitation(
                    row.getObject("id", UUID.class),
                    row.getString("name"),
                    row.getString("email"),
                    row.getArray("grants") == null ? null : Grants.read(row, "grants"),
                    row.getObject("operator", UUID.class),
                    row.getString("created_by"),
                    Times.instant(row, "created_at"),
                    Times.instant(row, "expires_at"),
                    row.getObject("used_at") != null,
                    row.getObject("withdrawn_at") != null);
        }
    }
}
