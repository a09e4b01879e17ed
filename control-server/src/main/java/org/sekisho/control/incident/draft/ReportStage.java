package org.sekisho.control.incident.draft;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.incident.ReportClock;

/** Which of the guideline's two reports (別添2). */
@Schema(name = "ReportStage")
public enum ReportStage {
    /** 速報: what is known when it is handed in. */
    PRELIMINARY,
    /** 確報: every item. */
    FINAL;

    /** Its last day; null: the clock doesn't run. */
    @Nullable
    Instant due(@Nullable ReportClock clock) {
        if (clock == null) {
            return null;
        }
        return switch (this) {
            case PRELIMINARY -> clock.preliminaryDue();
            case FINAL -> clock.finalDue();
        };
    }
}
