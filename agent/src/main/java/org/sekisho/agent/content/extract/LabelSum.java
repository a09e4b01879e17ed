package org.sekisho.agent.content.extract;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.sekisho.v1.Label;

/** Adds up what is in the parts of a content. One thread. */
final class LabelSum {
    /** event.proto, Label.fingerprints. */
    private static final int MOST_FINGERPRINTS = 32;

    private final Map<Key, Long> counts = new TreeMap<>();
    private final Map<Key, Set<Integer>> fingerprints = new TreeMap<>();

    private record Key(String label, int grade) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byLabel = label.compareTo(other.label);
            return byLabel != 0 ? byLabel : Integer.compare(grade, other.grade);
        }
    }

    void add(List<Label> labels) {
        for (Label label : labels) {
            Key key = new Key(label.getLabel(), label.getGradeValue());
            counts.merge(key, Integer.toUnsignedLong(label.getCount()), Long::sum);
            Set<Integer> known = fingerprints.computeIfAbsent(key, any -> new LinkedHashSet<>());
            for (int fingerprint : label.getFingerprintsList()) {
                if (known.size() < MOST_FINGERPRINTS) {
                    known.add(fingerprint);
                }
            }
        }
    }

    List<Label> sum() {
        List<Label> sum = new ArrayList<>();
        counts.forEach((key, count) -> sum.add(Label.newBuilder()
                .setLabel(key.label())
                .setGradeValue(key.grade())
                .setCount((int) Math.min(count, Integer.MAX_VALUE))
                .addAllFingerprints(fingerprints.getOrDefault(key, Set.of()))
                .build()));
        return sum;
    }
}
