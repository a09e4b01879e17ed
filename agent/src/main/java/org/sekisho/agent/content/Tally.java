package org.sekisho.agent.content;

import java.util.Arrays;
import org.sekisho.v1.Grade;

/** Occurrences of one label at one grade, and the fingerprints of the first distinct numbers among them. */
final class Tally {
    /** As {@code event.proto} bounds {@code Label.fingerprints}. */
    static final int MAX_FINGERPRINTS = 32;

    private final Fingerprinter fingerprinter;
    private final int[] fingerprints = new int[MAX_FINGERPRINTS];
    private int distinct;
    private long count;

    Tally(Fingerprinter fingerprinter) {
        this.fingerprinter = fingerprinter;
    }

    /**
     * Counts a number.
     *
     * @param number its digits as one value
     * @param length how many digits it has, leading zeros included
     */
    void add(long number, int length) {
        count++;
        if (distinct < MAX_FINGERPRINTS) {
            byte[] ascii = new byte[length];
            long rest = number;
            for (int i = length - 1; i >= 0; i--) {
                ascii[i] = (byte) ('0' + rest % 10);
                rest /= 10;
            }
            add(fingerprinter.fingerprint(ascii));
            Arrays.fill(ascii, (byte) 0);
        }
    }

    /** Counts further occurrences of what is fingerprinted already. */
    void addOccurrences(long more) {
        count += more;
    }

    boolean isEmpty() {
        return count == 0;
    }

    Finding finding(NumberLabel label, Grade grade) {
        int[] kept = Arrays.copyOf(fingerprints, distinct);
        return new Finding(label, grade, count, Arrays.stream(kept).boxed().toList());
    }

    private void add(int fingerprint) {
        for (int i = 0; i < distinct; i++) {
            if (fingerprints[i] == fingerprint) {
                return;
            }
        }
        fingerprints[distinct++] = fingerprint;
    }
}
