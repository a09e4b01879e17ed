package org.sekisho.control.terminal;

import com.google.protobuf.ByteString;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.pki.IssuedCertificate;
import org.sekisho.control.store.Notifications;
import org.sekisho.control.store.Notifications.Topic;
import org.sekisho.control.store.Times;
import org.sekisho.control.terminal.EnrolmentTokens.Grant;
import org.sekisho.v1.Segment;
import org.sekisho.v1.Status;

/** Terminals and their certificates in the database. Thread-safe; joins the caller's transaction. */
@Singleton
public class TerminalStore {
    private static final byte[] GENESIS = new byte[32];

    private final Jdbi jdbi;
    private final Clock clock;

    @Inject
    TerminalStore(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** Takes in a new terminal with its first certificate and an empty chain. */
    void insert(String id, String host, Grant grant, Status status, IssuedCertificate first) {
        Instant now = clock.instant();
        jdbi.useHandle(handle -> {
            handle.createUpdate("""
                            INSERT INTO terminal (id, host, segment, org_unit, enrolled_at, approved_at, enrolment_token, status, user_name, os)
                            VALUES (:id, :host, :segment, :unit, :now, CAST(:approved AS timestamptz), :token, :status, :user, :os)""")
                    .bind("id", id)
                    .bind("host", host)
                    .bind("segment", grant.segment().getNumber())
                    .bind("unit", grant.orgUnit())
                    .bind("now", Times.sql(now))
                    .bind("approved", grant.needsApproval() ? null : Times.sql(now))
                    .bind("token", grant.token())
                    .bind("status", status.toByteArray())
                    .bind("user", StatusColumns.user(status))
                    .bind("os", StatusColumns.os(status))
                    .execute();
            handle.createUpdate("INSERT INTO chain_head (terminal, hash) VALUES (:id, :genesis)")
                    .bind("id", id)
                    .bind("genesis", GENESIS)
                    .execute();
            insertCertificate(handle, id, first);
        });
    }

    /** Adds a renewed certificate; the one before holds until its own end, so that a lost answer locks nobody out. */
    public void addCertificate(String terminal, IssuedCertificate certificate) {
        jdbi.useHandle(handle -> insertCertificate(handle, terminal, certificate));
    }

    private void insertCertificate(Handle handle, String terminal, IssuedCertificate certificate) {
        handle.createUpdate("""
                        INSERT INTO certificate (serial, terminal, public_key, public_key_sha256, issued_at, expires_at, der)
                        VALUES (:serial, :terminal, :key, :digest, :issued, :expires, :der)""")
                .bind("serial", certificate.serial())
                .bind("terminal", terminal)
                .bind("key", certificate.publicKey())
                .bind("digest", sha256(certificate.publicKey()))
                .bind("issued", Times.sql(clock.instant()))
                .bind("expires", Times.sql(certificate.notAfter()))
                .bind("der", certificate.der())
                .execute();
    }

    /** Who presents this certificate; empty if it isn't ours, has ended, or is revoked. */
    public Optional<KnownTerminal> admit(String terminal, String serial) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT t.id, t.segment, t.host, t.org_unit, t.approved_at FROM certificate c JOIN terminal t ON t.id = c.terminal
                        WHERE c.serial = :serial AND t.id = :terminal AND c.revoked_at IS NULL AND t.revoked_at IS NULL
                          AND c.expires_at > :now""")
                .bind("serial", serial)
                .bind("terminal", terminal)
                .bind("now", Times.sql(clock.instant()))
                .map((row, context) -> known(row))
                .findOne());
    }

    /** Whether the terminal has been enrolled, revoked or not. */
    public boolean exists(String terminal) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT EXISTS (SELECT 1 FROM terminal WHERE id = :id)")
                .bind("id", terminal)
                .mapTo(Boolean.class)
                .one());
    }

    /** All keys that the terminal ever had, by the digest that its checkpoints name them with. */
    public Map<ByteString, PublicKey> keys(String terminal) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT public_key, public_key_sha256 FROM certificate WHERE terminal = :id")
                .bind("id", terminal)
                .map((row, context) -> Map.entry(
                        ByteString.copyFrom(row.getBytes("public_key_sha256")), key(row.getBytes("public_key"))))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, same) -> one)));
    }

    /**
     * Revokes the terminal and all its certificates, and has its stream cut on whichever replica holds it; false if it
     * was revoked before.
     */
    boolean revoke(String terminal, String reason) {
        Instant now = clock.instant();
        return jdbi.withHandle(handle -> {
            int changed = handle.createUpdate(
                            "UPDATE terminal SET revoked_at = :now, revoke_reason = :reason WHERE id = :id AND revoked_at IS NULL")
                    .bind("now", Times.sql(now))
                    .bind("reason", reason)
                    .bind("id", terminal)
                    .execute();
            if (changed == 0) {
                return false;
            }
            handle.createUpdate("UPDATE certificate SET revoked_at = :now WHERE terminal = :id AND revoked_at IS NULL")
                    .bind("now", Times.sql(now))
                    .bind("id", terminal)
                    .execute();
            Notifications.tell(handle, Topic.REVOKED, terminal);
            return true;
        });
    }

    /** Takes a terminal out of use as planned; false if it was before. One that is revoked may still be retired. */
    boolean retire(String terminal, String reason) {
        revoke(terminal, reason);
        return jdbi.withHandle(handle ->
                handle.createUpdate("UPDATE terminal SET retired_at = :now WHERE id = :id AND retired_at IS NULL")
                                .bind("now", Times.sql(clock.instant()))
                                .bind("id", terminal)
                                .execute()
                        == 1);
    }

    /** Lets a terminal that waits have its policy; false if it doesn't wait. */
    boolean approve(String terminal) {
        boolean approved = jdbi.withHandle(handle -> handle.createUpdate(
                                "UPDATE terminal SET approved_at = :now WHERE id = :id AND approved_at IS NULL AND revoked_at IS NULL")
                        .bind("now", Times.sql(clock.instant()))
                        .bind("id", terminal)
                        .execute()
                == 1);
        if (approved) {
            tellChanged(List.of(terminal));
        }
        return approved;
    }

    /** Puts terminals into a division; null: into none. */
    void move(List<String> terminalIds, @Nullable String orgUnit) {
        jdbi.useHandle(handle -> {
            handle.createUpdate("UPDATE terminal SET org_unit = :unit WHERE id = ANY (:ids)")
                    .bind("unit", orgUnit)
                    .bindArray("ids", String.class, terminalIds.toArray())
                    .execute();
            TerminalGroups.tellPilots(handle);
        });
        tellChanged(terminalIds);
    }

    /** Terminals are to learn anew what the server knows of them, once this transaction is committed. */
    void tellChanged(List<String> terminalIds) {
        jdbi.useHandle(handle -> terminalIds.forEach(id -> Notifications.tell(handle, Topic.TERMINAL, id)));
    }

    /** What the server knows of these terminals; for a replica that may have missed a change. */
    public Map<String, KnownTerminal> known(Collection<String> terminalIds) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT id, segment, host, org_unit, approved_at FROM terminal WHERE id = ANY (:ids)")
                .bindArray("ids", String.class, terminalIds.toArray())
                .map((row, context) -> known(row))
                .collect(Collectors.toMap(KnownTerminal::id, known -> known)));
    }

    private static KnownTerminal known(ResultSet row) throws SQLException {
        return new KnownTerminal(
                row.getString("id"),
                Segment.forNumber(row.getInt("segment")),
                row.getString("host"),
                row.getString("org_unit"),
                row.getObject("approved_at") != null);
    }

    /** Which of these terminals are revoked; for a replica that may have missed it. */
    public java.util.Set<String> revokedOf(Collection<String> terminals) {
        return jdbi.withHandle(
                handle -> handle.createQuery("SELECT id FROM terminal WHERE revoked_at IS NOT NULL AND id = ANY (:ids)")
                        .bindArray("ids", String.class, terminals.toArray())
                        .mapTo(String.class)
                        .collect(Collectors.toSet()));
    }

    private static PublicKey key(byte[] spki) {
        try {
            return KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(spki));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A stored public key cannot be read", e);
        }
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java runtime has no SHA-256", e);
        }
    }

    /**
     * An admitted terminal.
     *
     * @param orgUnit its division's path; null: none
     * @param approved it may have a policy
     */
    public record KnownTerminal(
            String id,
            Segment segment,
            String host,
            @Nullable String orgUnit,
            boolean approved) {}
}
