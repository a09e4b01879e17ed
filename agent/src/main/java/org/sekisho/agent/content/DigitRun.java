package org.sekisho.agent.content;

import java.util.Arrays;

/** Digits of one style with nothing visible between them. */
final class DigitRun {
    /** Values; only the first {@link NumberCandidate#MAX_DIGITS} are kept. */
    final byte[] digits = new byte[NumberCandidate.MAX_DIGITS];
    /** How many there are; stops one above what can be kept. */
    int length;

    int style;
    /** What joins it to the run before it. */
    Join join = Join.BREAK;
    /** Stands directly behind a single dot, as decimals do. */
    boolean fraction;

    long start;
    long end;

    void open(Join newJoin, boolean behindFullStop, int newStyle, long position) {
        length = 0;
        join = newJoin;
        fraction = behindFullStop;
        style = newStyle;
        start = position;
    }

    void add(int digit, long newEnd) {
        if (length < digits.length) {
            digits[length] = (byte) digit;
        }
        length = Math.min(length + 1, digits.length + 1);
        end = newEnd;
    }

    void wipe() {
        Arrays.fill(digits, (byte) 0);
        length = 0;
        join = Join.BREAK;
    }
}
