package org.sekisho.control.audit;

import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.sekisho.control.store.Times;

/** An entry with the hashes that bind it; as stored, not yet proven. */
public record ChainedEntry(AuditEntry entry, byte[] prevHash, byte[] hash) {

    static ChainedEntry of(ResultSet row) throws SQLException {
        return new ChainedEntry(
                new AuditEntry(
                        row.getLong("seq"),
                        Times.instant(row, "at"),
                        row.getString("operator"),
                        row.getString("action"),
                        row.getString("target"),
                        row.getString("detail")),
                row.getBytes("prev_hash"),
                row.getBytes("hash"));
    }

    /** When, in microseconds since 1970, as it is hashed. */
    public long micros() {
        return AuditChain.micros(entry.at());
    }

    /** Whether this is entry number {@code seq}, unchanged, after the one whose hash is {@code prev}. */
    boolean follows(long seq, byte[] prev) {
        return entry.seq() == seq
                && MessageDigest.isEqual(prevHash, prev)
                && MessageDigest.isEqual(hash, AuditChain.link(prev, entry));
    }
}
