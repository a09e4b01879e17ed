package org.sekisho.agent.content;

import java.util.Arrays;
import org.sekisho.v1.Grade;

/** Occurrences of one label at one grade, and the fingerprints of the first distinct numbers among them. */
final class Tally {
    /** As {@code event.proto} bounds {@code Label.fingerprints}. */
    static final int MAX_FINGERPRINTS = 32;

    private final int[] fingerprints = new int[MAX_FINGERPRINTS];
    private int distinct;
    private long count;

    /** Whether another fingerprint could still be taken. */
    boolean wantsFingerprint() {
        return distinct < MAX_FINGERPRINTS;
    }

    void count() {
        count++;
    }

    void fingerprint(int fingerprint) {
        for (int i = 0; i < distinct; i++) {
            if (fingerprints[i] == fingerprint) {
                return;
            }
        }
        if (distinct < MAX_FINGERPRINTS) {
            fingerprints[distinct++] = fingerprint;
        }
    }

    /** Moves everything from {@code other} here. */
    void take(Tally other) {
        count += other.count;
        for (int i = 0; i < other.distinct; i++) {
            fingerprint(other.fingerprints[i]);
        }
        other.count = 0;
        other.distinct = 0;
    }

    boolean isEmpty() {
        return count == 0;
    }

    Finding finding(NumberLabel label, Grade grade) {
        int[] kept = Arrays.copyOf(fingerprints, distinct);
        return new Finding(label, grade, count, Arrays.stream(kept).boxed().toList());
    }
}
