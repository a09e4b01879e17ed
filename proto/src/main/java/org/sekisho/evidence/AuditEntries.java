package org.sekisho.evidence;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Checks that the audit entries of a pack are links of the server's chain, in order. */
final class AuditEntries {
    private static final int FIELDS = 8;

    private AuditEntries() {}

    static void check(byte[] tsv) throws EvidenceFlaw {
        long lastSeq = 0;
        byte[] lastHash = new byte[32];
        for (String line : new String(tsv, StandardCharsets.UTF_8).split("\n", -1)) {
            if (line.isEmpty()) {
                continue;
            }
            String[] fields = line.split("\t", -1);
            if (fields.length != FIELDS) {
                throw flaw("a line has " + fields.length + " fields instead of " + FIELDS);
            }
            try {
                long seq = Long.parseLong(fields[0]);
                byte[] prev = HexFormat.of().parseHex(fields[6]);
                byte[] hash = HexFormat.of().parseHex(fields[7]);
                List<String> texts = Arrays.stream(fields, 2, 6)
                        .map(EvidenceFormat::unescape)
                        .toList();
                if (!Arrays.equals(hash, AuditLink.hash(prev, seq, Long.parseLong(fields[1]), texts))) {
                    throw flaw("entry " + seq + " was changed after it was written");
                }
                if (seq <= lastSeq || (seq == lastSeq + 1 && !Arrays.equals(prev, lastHash))) {
                    throw flaw("entry " + seq + " doesn't follow the one before it");
                }
                lastSeq = seq;
                lastHash = hash;
            } catch (IllegalArgumentException e) {
                throw flaw("a number or hash can't be read: " + e.getMessage());
            }
        }
    }

    private static EvidenceFlaw flaw(String what) {
        return new EvidenceFlaw(EvidenceCheck.AUDIT, EvidenceFormat.AUDIT + ": " + what);
    }
}
