package org.sekisho.control.audit;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a walk over the audit chain found.
 *
 * @param proven entries from the first on that hold
 * @param firstBroken the number at which the chain breaks; null if it is whole
 */
@Schema(requiredProperties = "proven")
public record AuditVerification(long proven, @Nullable Long firstBroken) {}
