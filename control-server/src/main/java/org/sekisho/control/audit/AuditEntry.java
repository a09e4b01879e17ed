package org.sekisho.control.audit;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * One act of an operator, to the character as it is stored and hashed.
 *
 * @param seq position in the chain, from 1, without gaps
 * @param at when, to the microsecond
 * @param operator the operator's name, or {@code -} if nobody was signed in
 * @param action what was done, such as {@code policy.publish}
 * @param target on what, such as {@code MY_NUMBER/12}
 * @param detail more of it, as {@link AuditDetail} writes it; never a secret, never personal information of a resident
 */
public record AuditEntry(long seq, Instant at, String operator, String action, String target, String detail) {
    /** Checked. */
    public AuditEntry {
        requireNonNull(at, "at is null");
        requireNonNull(operator, "operator is null");
        requireNonNull(action, "action is null");
        requireNonNull(target, "target is null");
        requireNonNull(detail, "detail is null");
    }
}
