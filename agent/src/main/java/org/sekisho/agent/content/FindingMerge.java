package org.sekisho.agent.content;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sekisho.v1.Grade;

/**
 * Joins what was found in several forms of one content. Of each label the highest count of high grade in any form is high;
 * what the highest count of both grades together has above that is low. So a number that one form shows beside its keyword
 * and another form doesn't is counted once, as high.
 */
final class FindingMerge {
    private FindingMerge() {}

    static List<Finding> findings(Collection<List<Finding>> forms) {
        Map<NumberLabel, Merged> merged = new EnumMap<>(NumberLabel.class);
        for (List<Finding> form : forms) {
            Map<NumberLabel, Long> totals = new EnumMap<>(NumberLabel.class);
            for (Finding finding : form) {
                totals.merge(finding.label(), finding.count(), Long::sum);
                merged.computeIfAbsent(finding.label(), label -> new Merged()).take(finding);
            }
            totals.forEach((label, total) ->
                    merged.computeIfAbsent(label, l -> new Merged()).total(total));
        }
        List<Finding> findings = new ArrayList<>();
        merged.forEach((label, found) -> found.addTo(findings, label));
        return findings;
    }

    private static final class Merged {
        private final Set<Integer> low = new LinkedHashSet<>();
        private final Set<Integer> high = new LinkedHashSet<>();
        private long highCount;
        private long total;

        void take(Finding finding) {
            boolean isHigh = finding.grade() == Grade.HIGH_CONFIDENCE;
            (isHigh ? high : low).addAll(finding.fingerprints());
            highCount = isHigh ? Math.max(highCount, finding.count()) : highCount;
        }

        void total(long count) {
            total = Math.max(total, count);
        }

        void addTo(List<Finding> findings, NumberLabel label) {
            if (total > highCount) {
                low.removeAll(high);
                findings.add(new Finding(label, Grade.LOW_CONFIDENCE, total - highCount, bounded(low)));
            }
            if (highCount > 0) {
                findings.add(new Finding(label, Grade.HIGH_CONFIDENCE, highCount, bounded(high)));
            }
        }

        private static List<Integer> bounded(Set<Integer> fingerprints) {
            return fingerprints.stream().limit(Tally.MAX_FINGERPRINTS).toList();
        }
    }
}
