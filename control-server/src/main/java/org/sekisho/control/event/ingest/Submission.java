package org.sekisho.control.event.ingest;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.incident.IncidentReport;

/**
 * What one batch of a terminal comes to: all of it is committed, or nothing.
 *
 * @param from where the terminal's story must stand for this to be right
 * @param to where it stands afterwards
 * @param reports trouble with the chain itself
 * @param provenSeq up to here its signed checkpoints prove the chain; 0: none of this batch does
 * @param ackSeq last event that is durable once this is committed; 0: nothing to acknowledge
 * @param historyFrom first event that the terminal must send again; null: none
 * @param bytes what it takes of the ingest's memory
 */
record Submission(
        String terminal,
        ChainPosition from,
        ChainPosition to,
        List<VerifiedEvent> events,
        List<Quarantined> quarantined,
        List<ChainBreak> breaks,
        List<IncidentReport> reports,
        long provenSeq,
        long ackSeq,
        @Nullable Long historyFrom,
        int bytes) {
    /** Whether there is anything to write. */
    boolean writes() {
        return !events.isEmpty() || !quarantined.isEmpty() || !breaks.isEmpty() || !reports.isEmpty();
    }
}
