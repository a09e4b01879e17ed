package org.sekisho.control.evidence;

import com.google.protobuf.ByteString;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Jdbi;
import org.sekisho.control.rest.WireNames;

/** Reads what belongs to a pack besides events: signed policies and certificates. Thread-safe. */
@Singleton
class CaseFiles {
    private final Jdbi jdbi;

    @Inject
    CaseFiles(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** A revision as terminals got it. */
    record SignedPolicy(String segment, long revision, String publishedBy, byte[] signed, String yaml) {
        String name() {
            return segment + "-" + revision;
        }
    }

    /** Those revisions of the terminal's segment that the server has. */
    List<SignedPolicy> policies(String terminal, Collection<Long> revisions) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT p.* FROM policy p JOIN terminal t ON t.segment = p.segment
                        WHERE t.id = :terminal AND p.revision = ANY (:revisions) ORDER BY p.revision""")
                .bind("terminal", terminal)
                .bindArray("revisions", Long.class, revisions.toArray())
                .map((row, context) -> new SignedPolicy(
                        WireNames.segment(row.getInt("segment")),
                        row.getLong("revision"),
                        row.getString("published_by"),
                        row.getBytes("signed"),
                        row.getString("yaml")))
                .list());
    }

    /** Certificates of these keys, DER, by serial number. */
    Map<String, byte[]> certificates(Collection<ByteString> keys) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT serial, der FROM certificate WHERE der IS NOT NULL AND encode(public_key_sha256, 'hex') = ANY (:keys)")
                .bindArray(
                        "keys",
                        String.class,
                        keys.stream()
                                .map(key -> HexFormat.of().formatHex(key.toByteArray()))
                                .toArray())
                .reduceRows(new TreeMap<String, byte[]>(), (found, row) -> {
                    found.put(row.getColumn("serial", String.class), row.getColumn("der", byte[].class));
                    return found;
                }));
    }
}
