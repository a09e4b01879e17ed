package org.sekisho.agent.content;

import java.util.Arrays;

/**
 * Digits that stand together in a way that numbers are written in. One object is used again and again, so that no number
 * is left behind in memory; a receiver reads it at once.
 */
final class NumberCandidate {
    /** Longest number that is looked for: 法人番号. */
    static final int MAX_DIGITS = 13;

    /** Values 0 to 9; only the first {@link #length} count. */
    final byte[] digits = new byte[MAX_DIGITS];

    int length;
    /** Positions in the stream, first digit to behind the last. */
    long start;

    long end;
    /** False: stands so that only a keyword near by makes it believable. */
    boolean plain;
    /** Grouped 4-4-4 or digit by digit, as no date is. */
    boolean grouped;

    void wipe() {
        Arrays.fill(digits, (byte) 0);
        length = 0;
    }

    /** Takes the candidates of a stream, in the order of where they end. */
    interface Receiver {
        void candidate(NumberCandidate candidate);
    }
}
