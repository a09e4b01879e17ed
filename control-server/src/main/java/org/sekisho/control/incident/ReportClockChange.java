package org.sekisho.control.incident;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.audit.AuditFacts;

/**
 * The report clock as it should be from now on, whole.
 *
 * @param knownAt when a leak, or that there may be one, became known; absent: none is suspected, and the clock stops
 * @param wrongful whether it was done for a wrongful purpose
 * @param people how many people's information; absent: not known yet
 * @param preliminaryAt when the preliminary report was handed in; absent: not yet
 * @param finalAt when the full report was handed in; absent: not yet
 * @param version as last seen
 */
@Schema(name = "ReportClockChange")
public record ReportClockChange(
        @Nullable Instant knownAt,
        boolean wrongful,
        @Min(0) @Max(100_000_000) @Nullable Integer people,
        @Nullable Instant preliminaryAt,
        @Nullable Instant finalAt,
        @NotNull Long version) {

    /** Why it can't be so; null: it can. */
    @Nullable
    String flaw(Instant now) {
        if (knownAt == null) {
            return preliminaryAt == null && finalAt == null
                    ? null
                    : "A report was handed in, so say when it became known";
        }
        for (Instant time : new Instant[] {knownAt, preliminaryAt, finalAt}) {
            if (time != null && time.isAfter(now)) {
                return "A time lies in the future";
            }
            if (time != null && time.isBefore(knownAt)) {
                return "A report can't be handed in before anything became known";
            }
        }
        return null;
    }

    /** For the audit log. */
    Map<String, String> audited() {
        return new AuditFacts()
                .with("knownAt", knownAt)
                .with("people", people)
                .with("preliminaryAt", preliminaryAt)
                .with("finalAt", finalAt)
                .with("wrongful", knownAt == null ? null : wrongful)
                .map();
    }
}
