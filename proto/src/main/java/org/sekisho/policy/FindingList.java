package org.sekisho.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Gathers findings up to a bound, so that a hostile text cannot make a report larger than itself. One thread. */
final class FindingList {
    /** More than anybody corrects in one go. */
    private static final int MAX = 500;

    private final List<Finding> findings = new ArrayList<>();
    private boolean full;

    void add(Finding finding) {
        if (findings.size() < MAX) {
            findings.add(finding);
        } else if (!full) {
            full = true;
            findings.add(Finding.of(
                    FindingCode.TOO_MANY_FINDINGS, finding.path(), finding.position(), Integer.toString(MAX)));
        }
    }

    boolean isEmpty() {
        return findings.isEmpty();
    }

    List<Finding> inOrder() {
        List<Finding> sorted = new ArrayList<>(findings);
        sorted.sort(Comparator.comparingInt(Finding::line).thenComparingInt(Finding::column));
        return List.copyOf(sorted);
    }
}
