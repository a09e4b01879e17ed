package org.sekisho.control.audit;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Writes and proves the record of what operators did. Each write joins the transaction of the act it records. Thread-safe;
 * writers take turns, because each link needs the one before.
 */
@ApplicationScoped
public class AuditLog {
    /** Nobody was signed in. */
    public static final String NOBODY = "-";

    /** "SEKISHOA" as a number: the advisory lock under which links are added. */
    private static final long CHAIN_LOCK = 0x53454B4953484F41L;

    private final Jdbi jdbi;
    private final SecurityIdentity identity;
    private final Clock clock;

    @Inject
    AuditLog(DataSource dataSource, SecurityIdentity identity) {
        this.jdbi = Jdbi.create(dataSource);
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

    private void append(Handle handle, String operator, String action, String target, Map<String, String> detail) {
        handle.execute("SELECT pg_advisory_xact_lock(?)", CHAIN_LOCK);
        Optional<Head> head = handle.createQuery("SELECT seq, hash FROM audit_entry ORDER BY seq DESC LIMIT 1")
                .map((rs, context) -> new Head(rs.getLong("seq"), rs.getBytes("hash")))
                .findOne();
        long seq = head.map(Head::seq).orElse(0L) + 1;
        byte[] prev = head.map(Head::hash).orElse(AuditChain.GENESIS);
        AuditEntry entry =
                new AuditEntry(seq, clock.instant().truncatedTo(ChronoUnit.MICROS), operator, action, target, detail);
        handle.createUpdate("""
                        INSERT INTO audit_entry (seq, at, operator, action, target, detail, prev_hash, hash)
                        VALUES (:seq, :at, :operator, :action, :target, :detail, :prev, :hash)""")
                .bind("seq", seq)
                .bind("at", entry.at().atOffset(ZoneOffset.UTC))
                .bind("operator", operator)
                .bind("action", action)
                .bind("target", target)
                .bind("detail", entry.detailText())
                .bind("prev", prev)
                .bind("hash", AuditChain.link(prev, entry))
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

    /** Walks the whole chain, in bounded memory. */
    AuditVerification verify() {
        return jdbi.withHandle(handle -> {
            byte[] prev = AuditChain.GENESIS;
            long seq = 0;
            while (true) {
                List<ChainedEntry> page = page(handle, seq);
                if (page.isEmpty()) {
                    return new AuditVerification(seq, null);
                }
                for (ChainedEntry link : page) {
                    long expected = seq + 1;
                    boolean whole = link.entry().seq() == expected
                            && Arrays.equals(link.prevHash(), prev)
                            && Arrays.equals(link.hash(), AuditChain.link(prev, link.entry()));
                    if (!whole) {
                        return new AuditVerification(seq, expected);
                    }
                    prev = link.hash();
                    seq = expected;
                }
            }
        });
    }

    /** A thousand entries keep the walk in little memory and few round trips. */
    private static List<ChainedEntry> page(Handle handle, long after) {
        return handle.createQuery("SELECT * FROM audit_entry WHERE seq > :after ORDER BY seq LIMIT 1000")
                .bind("after", after)
                .map((rs, context) -> ChainedEntry.of(rs))
                .list();
    }

    private record Head(long seq, byte[] hash) {}
}
