package org.sekisho.control.report;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a report is about. */
@Schema(name = "ReportKind")
public enum ReportKind {
    /** Who enforced what at the end of the last day (適用状況). */
    ENFORCEMENT,
    /** The yearly self-inspection, a division at a time, from measured facts (自己点検). */
    SELF_INSPECTION,
    /** What was tried to be taken out, and what became of it. */
    EXFILTRATION,
    /** What operators did; only of the whole organisation. */
    OPERATOR_AUDIT
}
