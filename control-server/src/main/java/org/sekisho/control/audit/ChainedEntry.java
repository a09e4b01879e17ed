package org.sekisho.control.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;

/** An entry with the hashes that bind it; as stored, not yet proven. */
record ChainedEntry(AuditEntry entry, byte[] prevHash, byte[] hash) {

    static ChainedEntry of(ResultSet row) throws SQLException {
        return new ChainedEntry(
                new AuditEntry(
                        row.getLong("seq"),
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        row.getString("operator"),
                        row.getString("action"),
                        row.getString("target"),
                        AuditEntry.detailOf(row.getString("detail"))),
                row.getBytes("prev_hash"),
                row.getBytes("hash"));
    }
}
