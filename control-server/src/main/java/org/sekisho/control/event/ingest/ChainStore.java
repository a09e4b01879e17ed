package org.sekisho.control.event.ingest;

import com.google.protobuf.ByteString;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.store.Blobs;
import org.sekisho.control.store.Times;
import org.sekisho.event.ChainHead;

/** Chains in the database: where each stands, where each broke, and what could not be part of any. */
@Singleton
class ChainStore implements TerminalChain.KnownEvents {
    /** Kept of one terminal's impossible messages; what is above is only counted by its incident. */
    private static final int MAX_QUARANTINED = 1_000;

    private final Jdbi jdbi;

    @Inject
    ChainStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Locks the terminals' heads until the transaction ends, always in the same order, so that two never wait for each
     * other.
     */
    Map<String, ChainPosition> lock(Handle handle, Collection<String> terminals) {
        Map<String, ChainPosition> heads = new HashMap<>();
        handle.createQuery(
                        "SELECT terminal, branch, seq, hash FROM chain_head WHERE terminal = ANY (:ids) ORDER BY terminal FOR UPDATE")
                .bindArray("ids", String.class, terminals.toArray())
                .map((row, context) -> heads.put(
                        row.getString("terminal"),
                        new ChainPosition(
                                row.getInt("branch"),
                                new ChainHead(row.getLong("seq"), ByteString.copyFrom(row.getBytes("hash"))))))
                .list();
        return heads;
    }

    /**
     * Moves the heads.
     *
     * @param proven up to where checkpoints prove the chains, of terminals that sent any
     */
    void move(Handle handle, Map<String, ChainPosition> heads, Map<String, Long> proven) {
        List<Map.Entry<String, ChainPosition>> moves = List.copyOf(heads.entrySet());
        handle.createUpdate("""
                        UPDATE chain_head h SET branch = m.branch, seq = m.seq, hash = m.hash,
                                                proven_seq = greatest(h.proven_seq, m.proven)
                        FROM unnest(:terminals, :branches, :seqs, :hashes, :proven)
                                AS m (terminal, branch, seq, hash, proven)
                        WHERE h.terminal = m.terminal""")
                .bindArray(
                        "terminals",
                        String.class,
                        moves.stream().map(Map.Entry::getKey).toArray())
                .bindArray(
                        "branches",
                        Integer.class,
                        moves.stream().map(move -> move.getValue().branch()).toArray())
                .bindArray(
                        "seqs",
                        Long.class,
                        moves.stream().map(move -> move.getValue().seq()).toArray())
                .bindArray(
                        "proven",
                        Long.class,
                        moves.stream()
                                .map(move -> proven.getOrDefault(move.getKey(), 0L))
                                .toArray())
                .bind(
                        "hashes",
                        Blobs.array(moves.stream()
                                .map(move -> move.getValue().hash().toByteArray())
                                .toList()))
                .execute();
    }

    /** The chain doesn't hold any more. */
    void markBroken(Handle handle, String terminal, Instant at) {
        handle.createUpdate("UPDATE chain_head SET broken_at = coalesce(broken_at, :at) WHERE terminal = :terminal")
                .bind("at", Times.sql(at))
                .bind("terminal", terminal)
                .execute();
    }

    /** Keeps where and how it broke. */
    void insertBreaks(Handle handle, String terminal, List<ChainBreak> breaks, Instant at) {
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO chain_break (terminal, kind, branch, seq, expected_seq, expected_hash, found_prev_hash, at)
                VALUES (:terminal, :kind, :branch, :seq, :expectedSeq, :expectedHash, :found, :at)""");
        for (ChainBreak broken : breaks) {
            batch.bind("terminal", terminal)
                    .bind("kind", broken.kind().name())
                    .bind("branch", broken.branch())
                    .bind("seq", broken.seq())
                    .bind("expectedSeq", broken.expected().seq())
                    .bind("expectedHash", broken.expected().hash().toByteArray())
                    .bind("found", broken.foundPrevHash().toByteArray())
                    .bind("at", Times.sql(at))
                    .add();
        }
        batch.execute();
    }

    /** Keeps what can't be an event, as far as there is room. */
    void quarantine(Handle handle, String terminal, List<Quarantined> messages, Instant at) {
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO event_quarantine (terminal, received_at, reason, detail, message)
                SELECT :terminal, :at, :reason, :detail, :message
                WHERE (SELECT count(*) FROM event_quarantine WHERE terminal = :terminal) < :max""");
        for (Quarantined one : messages) {
            batch.bind("terminal", terminal)
                    .bind("at", Times.sql(at))
                    .bind("reason", one.reason().name())
                    .bind("detail", one.detail())
                    .bind("message", one.message().toByteArray())
                    .bind("max", MAX_QUARANTINED)
                    .add();
        }
        batch.execute();
    }

    @Override
    public @Nullable ByteString hash(String terminal, int branch, long seq) {
        return jdbi.withHandle(handle -> hash(handle, terminal, branch, seq));
    }

    @Nullable
    ByteString hash(Handle handle, String terminal, int branch, long seq) {
        return handle.createQuery("""
                        SELECT hash FROM event WHERE terminal = :terminal AND seq = :seq AND branch <= :branch
                        ORDER BY branch DESC LIMIT 1""")
                .bind("terminal", terminal)
                .bind("seq", seq)
                .bind("branch", branch)
                .map((row, context) -> ByteString.copyFrom(row.getBytes("hash")))
                .findOne()
                .orElse(null);
    }
}
