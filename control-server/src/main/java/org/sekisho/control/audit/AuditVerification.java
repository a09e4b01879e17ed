package org.sekisho.control.audit;

import org.jspecify.annotations.Nullable;

/**
 * What a walk over the audit chain found.
 *
 * @param proven entries from the first on that hold
 * @param firstBroken the number at which the chain breaks; null if it is whole
 */
public record AuditVerification(long proven, @Nullable Long firstBroken) {}
