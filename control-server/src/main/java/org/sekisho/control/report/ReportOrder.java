package org.sekisho.control.report;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.organisation.OrgUnit;
import org.sekisho.control.organisation.Reach;

/**
 * What is to be reported.
 *
 * @param until the last day, included
 * @param orgUnit with all below; null: the whole organisation
 */
record ReportOrder(
        ReportKind kind,
        LocalDate from,
        LocalDate until,
        @Nullable String orgUnit) {
    /** A city's day. */
    static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");

    /** Where the first day begins. */
    Instant begin() {
        return from.atStartOfDay(JAPAN).toInstant();
    }

    /** Where the last day ends, exclusive. */
    Instant end() {
        return until.plusDays(1).atStartOfDay(JAPAN).toInstant();
    }

    /** What it may speak of. */
    Reach reach() {
        return orgUnit == null ? Reach.EVERYTHING : Reach.of(List.of(OrgUnit.parse(orgUnit)));
    }
}
