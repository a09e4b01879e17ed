package org.sekisho.agent.content;

import java.util.List;
import org.sekisho.v1.Grade;
import org.sekisho.v1.Label;

/**
 * What was found of one label at one grade.
 *
 * @param count occurrences, at least 1
 * @param fingerprints of the first distinct numbers, at most 32, 24 bits each
 */
public record Finding(NumberLabel label, Grade grade, long count, List<Integer> fingerprints) {
    /** Defensive copy. */
    public Finding {
        fingerprints = List.copyOf(fingerprints);
    }

    /** Whether more than the check digit speaks for it. */
    public boolean isHigh() {
        return grade == Grade.HIGH_CONFIDENCE;
    }

    /** As events carry it; a count above what {@code uint32} holds is cut to that. */
    public Label toProto() {
        int cut = (int) Math.min(count, Integer.MAX_VALUE);
        return Label.newBuilder()
                .setLabel(label.wireName())
                .setGrade(grade)
                .setCount(cut)
                .addAllFingerprints(fingerprints)
                .build();
    }

    /**
     * Reads what {@link #toProto()} wrote.
     *
     * @throws IllegalArgumentException if the label is none of {@link NumberLabel}
     */
    public static Finding of(Label label) {
        for (NumberLabel known : NumberLabel.values()) {
            if (known.wireName().equals(label.getLabel())) {
                return new Finding(known, label.getGrade(), label.getCount(), label.getFingerprintsList());
            }
        }
        throw new IllegalArgumentException("no detector has the label " + label.getLabel());
    }
}
