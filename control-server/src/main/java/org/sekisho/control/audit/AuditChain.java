package org.sekisho.control.audit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.sekisho.evidence.AuditLink;

/** The links of the audit log, as {@link AuditLink} makes them. */
final class AuditChain {
    /** Before the first entry. */
    static final byte[] GENESIS = new byte[32];

    private AuditChain() {}

    static byte[] link(byte[] prev, AuditEntry entry) {
        return AuditLink.hash(
                prev,
                entry.seq(),
                micros(entry.at()),
                List.of(entry.operator(), entry.action(), entry.target(), entry.detail()));
    }

    /** PostgreSQL's {@code infinity}, which this server never writes, has no microseconds and so no place in a chain. */
    static long micros(Instant at) {
        try {
            return ChronoUnit.MICROS.between(Instant.EPOCH, at);
        } catch (ArithmeticException e) {
            return Long.MIN_VALUE;
        }
    }
}
