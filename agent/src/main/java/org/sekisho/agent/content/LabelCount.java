package org.sekisho.agent.content;

import java.util.List;
import org.sekisho.v1.Grade;

/** What a stream has had of one label so far. */
final class LabelCount {
    final Tally low;
    final Tally high;
    final ListWatch list;
    private final NumberLabel label;
    /** Where the last number ended, so that none is counted twice in two groupings. */
    private long countedTo;
    /** Start and end of what the list has seen last. */
    private long triedFrom = -1;

    private long triedTo = -1;

    LabelCount(NumberLabel label, Fingerprinter fingerprinter) {
        this.label = label;
        low = new Tally(fingerprinter);
        high = new Tally(fingerprinter);
        list = new ListWatch(low, high);
    }

    boolean isCounted(NumberCandidate candidate) {
        return candidate.start < countedTo;
    }

    void counted(NumberCandidate candidate) {
        countedTo = candidate.end;
    }

    /** Whether the list hears of this candidate for the first time; several groupings may read the same digits. */
    boolean isNewToList(NumberCandidate candidate) {
        boolean isNew = triedFrom != candidate.start || triedTo != candidate.end;
        triedFrom = candidate.start;
        triedTo = candidate.end;
        return isNew;
    }

    void addTo(List<Finding> findings) {
        list.end();
        if (!low.isEmpty()) {
            findings.add(low.finding(label, Grade.LOW_CONFIDENCE));
        }
        if (!high.isEmpty()) {
            findings.add(high.finding(label, Grade.HIGH_CONFIDENCE));
        }
    }
}
