package org.sekisho.control.audit;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.store.Times;

/**
 * Writes and proves the record of what operators did. Each write joins the transaction of the act it records. Thread-safe;
 * writers take turns, because each link needs the one before.
 *
 * <p>The chain's head is kept apart from its entries, so that cutting off the newest ones shows too. Whoever may rewrite the
 * whole database can rewrite both; against that helps only a hash that was noted elsewhere (the newest is in
 * {@code GET /audit}).
 */
@ApplicationScoped
public class AuditLog {
    /** Nobody was signed in. */
    public static final String NOBODY = "-";

    private final Jdbi jdbi;
    private final SecurityIdentity identity;
    private final Clock clock;

    @Inject
    AuditLog(Jdbi jdbi, SecurityIdentity identity) {
        this.jdbi = jdbi;
        this.identity = identity;
        this.clock = Clock.systemUTC();
    }

    /** Records an act of the operator who is signed in on this request. */
    @Transactional
    public void record(String action, String target, Map<String, String> detail) {
        recordAs(identity.isAnonymous() ? NOBODY : identity.getPrincipal().getName(), action, target, detail);
    }

    /** Records an act outside a signed-in request: a set-up, a refused sign-in, the server's own. */
    @Transactional
    public void recordAs(String operator, String action, String target, Map<String, String> detail) {
        jdbi.useHandle(handle -> append(handle, operator, action, target, detail));
    }

    /** The head's row is locked until the act's transaction ends, so links are added one after the other. */
    private void append(Handle handle, String operator, String action, String target, Map<String, String> detail) {
        Head head = head(handle, "SELECT seq, hash FROM audit_head FOR UPDATE")
                .orElseThrow(() -> new IllegalStateException("the audit log's head (table audit_head) is gone: somebody"
                        + " changed the database by hand; nothing can be recorded, so nothing may be done"));
        AuditEntry entry = new AuditEntry(
                head.seq() + 1,
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                operator,
                action,
                target,
                AuditDetail.text(detail));
        byte[] hash = AuditChain.link(head.hash(), entry);
        handle.createUpdate("""
                        INSERT INTO audit_entry (seq, at, operator, action, target, detail, prev_hash, hash)
                        VALUES (:seq, :at, :operator, :action, :target, :detail, :prev, :hash)""")
                .bind("seq", entry.seq())
                .bind("at", Times.sql(entry.at()))
                .bind("operator", operator)
                .bind("action", action)
                .bind("target", target)
                .bind("detail", entry.detail())
                .bind("prev", head.hash())
                .bind("hash", hash)
                .execute();
        handle.createUpdate("UPDATE audit_head SET seq = :seq, hash = :hash")
                .bind("seq", entry.seq())
                .bind("hash", hash)
                .execute();
    }

    /** Entries newest first, those before {@code before} only. */
    List<ChainedEntry> newest(@Nullable Long before, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT * FROM audit_entry WHERE seq < :before ORDER BY seq DESC LIMIT :limit")
                .bind("before", before == null ? Long.MAX_VALUE : before)
                .bind("limit", limit)
                .map((rs, context) -> ChainedEntry.of(rs))
                .list());
    }

    /** What operators did with this incident, oldest first; no more than the newest thousand. */
    public List<ChainedEntry> ofIncident(long incident) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT * FROM (SELECT * FROM audit_entry
                                       WHERE target = :target AND (action LIKE 'incident.%' OR action LIKE 'evidence.%')
                                       ORDER BY seq DESC LIMIT 1000) newest ORDER BY seq""")
                .bind("target", String.valueOf(incident))
                .map((row, context) -> ChainedEntry.of(row))
                .list());
    }

    /** Walks the whole chain, in bounded memory, and looks whether it leads to the head as it stood before the walk. */
    public AuditVerification verify() {
        return jdbi.withHandle(handle -> {
            Optional<Head> head = head(handle, "SELECT seq, hash FROM audit_head");
            Head proven = new Head(0, AuditChain.GENESIS);
            boolean headMet = head.filter(proven::same).isPresent();
            for (List<ChainedEntry> page = page(handle, 0); !page.isEmpty(); page = page(handle, proven.seq())) {
                for (ChainedEntry link : page) {
                    if (!link.follows(proven.seq() + 1, proven.hash())) {
                        return new AuditVerification(proven.seq(), proven.seq() + 1);
                    }
                    proven = new Head(proven.seq() + 1, link.hash());
                    headMet |= head.filter(proven::same).isPresent();
                }
            }
            return new AuditVerification(proven.seq(), headMet ? null : proven.seq() + 1);
        });
    }

    private static Optional<Head> head(Handle handle, String sql) {
        return handle.createQuery(sql)
                .map((rs, context) -> new Head(rs.getLong("seq"), rs.getBytes("hash")))
                .findOne();
    }

    /** A thousand entries keep the walk in little memory and few round trips. */
    private static List<ChainedEntry> page(Handle handle, long after) {
        return handle.createQuery("SELECT * FROM audit_entry WHERE seq > :after ORDER BY seq LIMIT 1000")
                .bind("after", after)
                .map((rs, context) -> ChainedEntry.of(rs))
                .list();
    }

    /** Where the chain ends: number and hash of its newest entry. */
    private record Head(long seq, byte[] hash) {
        boolean same(Head other) {
            return seq == other.seq && Arrays.equals(hash, other.hash);
        }
    }
}
