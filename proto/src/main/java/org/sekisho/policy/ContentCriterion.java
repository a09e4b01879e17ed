package org.sekisho.policy;

import java.util.List;
import org.sekisho.v1.ContentCondition;
import org.sekisho.v1.Grade;
import org.sekisho.v1.Label;

/** The content carries enough of any of these labels. */
record ContentCriterion(List<Wanted> anyOf) implements Criterion {

    /**
     * So many occurrences of a label.
     *
     * @param count unsigned in the contract; at least 1
     * @param grade the least that counts
     */
    record Wanted(String label, long count, Grade grade) {
        static Wanted of(ContentCondition condition) {
            return new Wanted(
                    condition.getLabel(),
                    Math.max(1, Integer.toUnsignedLong(condition.getMinCount())),
                    known(condition.getMinGrade()));
        }

        /** Labels come by (label, grade), and the counts of all grades that qualify are added. */
        boolean isIn(List<Label> labels) {
            long sum = 0;
            for (Label found : labels) {
                if (found.getLabel().equals(label) && isEnough(known(found.getGrade()))) {
                    sum += Integer.toUnsignedLong(found.getCount());
                }
            }
            return sum >= count;
        }

        private boolean isEnough(Grade found) {
            return found != Grade.UNRECOGNIZED && found.compareTo(grade) >= 0;
        }

        boolean covers(Wanted other) {
            return label.equals(other.label) && count <= other.count && grade.compareTo(other.grade) <= 0;
        }

        private static Grade known(Grade grade) {
            return grade == Grade.GRADE_UNSPECIFIED ? Grade.LOW_CONFIDENCE : grade;
        }
    }

    @Override
    public boolean holds(Case attempted) {
        List<Label> labels = attempted.attempt().getLabelsList();
        for (Wanted wanted : anyOf) {
            if (wanted.isIn(labels)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean covers(Criterion other) {
        return other instanceof ContentCriterion that
                && that.anyOf.stream().allMatch(narrow -> anyOf.stream().anyMatch(wide -> wide.covers(narrow)));
    }

    @Override
    public boolean excludes(Criterion other) {
        return false;
    }
}
