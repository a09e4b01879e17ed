package org.sekisho.control.passkey;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.store.Times;

/** Passkeys in the database. Thread-safe; joins the caller's transaction. */
@Singleton
public class PasskeyStore {
    /** As many keys as hang on one ring. */
    static final int MOST = 20;

    private final Jdbi jdbi;

    @Inject
    PasskeyStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** An operator's passkeys, oldest first. */
    public List<PasskeyView> of(UUID operator) {
        return jdbi.withHandle(
                handle -> handle.createQuery("SELECT * FROM passkey WHERE operator = :operator ORDER BY created_at, id")
                        .bind("operator", operator)
                        .map((row, context) -> PasskeyView.of(row))
                        .list());
    }

    List<byte[]> idsOf(UUID operator) {
        return jdbi.withHandle(
                handle -> handle.createQuery("SELECT credential_id FROM passkey WHERE operator = :operator")
                        .bind("operator", operator)
                        .mapTo(byte[].class)
                        .list());
    }

    /** Empty if a passkey of this id exists, whosever it is, or the operator has as many as one may have. */
    Optional<PasskeyView> insert(
            UUID operator, String name, byte[] credentialId, byte[] attested, long signCount, boolean synced) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        INSERT INTO passkey (id, operator, name, credential_id, attested, sign_count, synced)
                        SELECT :id, :operator, :name, :credential, :attested, :count, :synced
                        WHERE (SELECT count(*) FROM passkey WHERE operator = :operator) < :most
                        ON CONFLICT (credential_id) DO NOTHING
                        RETURNING *""")
                .bind("id", UUID.randomUUID())
                .bind("operator", operator)
                .bind("name", name)
                .bind("credential", credentialId)
                .bind("attested", attested)
                .bind("count", signCount)
                .bind("synced", synced)
                .bind("most", MOST)
                .map((row, context) -> PasskeyView.of(row))
                .findOne());
    }

    /** Held until the transaction ends, so that of two answers with one counter only one is new. */
    Optional<StoredPasskey> lock(byte[] credentialId) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT * FROM passkey WHERE credential_id = :credential FOR UPDATE")
                .bind("credential", credentialId)
                .map((row, context) -> new StoredPasskey(
                        row.getObject("id", UUID.class),
                        row.getObject("operator", UUID.class),
                        row.getBytes("attested"),
                        row.getLong("sign_count"),
                        row.getBoolean("synced")))
                .findOne());
    }

    void used(UUID id, long signCount) {
        jdbi.useHandle(handle ->
                handle.execute("UPDATE passkey SET sign_count = ?, last_used_at = now() WHERE id = ?", signCount, id));
    }

    /** Removes a passkey unless it is the operator's last: nobody locks themselves out. */
    public Removal remove(UUID operator, UUID id) {
        return jdbi.inTransaction(handle -> {
            handle.execute("SELECT 1 FROM operator WHERE id = ? FOR UPDATE", operator);
            List<UUID> ids = handle.createQuery("SELECT id FROM passkey WHERE operator = :operator")
                    .bind("operator", operator)
                    .mapTo(UUID.class)
                    .list();
            if (!ids.contains(id)) {
                return Removal.UNKNOWN;
            }
            if (ids.size() == 1) {
                return Removal.LAST;
            }
            handle.execute("DELETE FROM passkey WHERE id = ?", id);
            return Removal.REMOVED;
        });
    }

    /** What came of removing. */
    public enum Removal {
        REMOVED,
        UNKNOWN,
        LAST
    }

    record StoredPasskey(UUID id, UUID operator, byte[] attested, long signCount, boolean synced) {}

    /**
     * A passkey as its owner sees it.
     *
     * @param synced it may be copied between its owner's devices
     */
    @Schema(
            name = "Passkey",
            requiredProperties = {"id", "name", "synced", "createdAt"})
    public record PasskeyView(
            UUID id,
            String name,
            boolean synced,
            Instant createdAt,
            @Nullable Instant lastUsedAt) {
        static PasskeyView of(ResultSet row) throws SQLException {
            return new PasskeyView(
                    row.getObject("id", UUID.class),
                    row.getString("name"),
                    row.getBoolean("synced"),
                    Times.instant(row, "created_at"),
                    Times.instantOrNull(row, "last_used_at"));
        }
    }
}
