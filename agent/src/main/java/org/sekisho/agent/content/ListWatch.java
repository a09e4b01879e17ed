package org.sekisho.agent.content;

import java.util.Arrays;

/**
 * Tells a column or list of numbers from numbers that pass the check by chance, one label each.
 *
 * <p>A cumulative-sum test (Page, "Continuous inspection schemes", Biometrika 1954) between "one in ten is valid", which is
 * chance, and "one in two is valid", which is a list with other numbers beside it. Ten distinct valid numbers in a row raise
 * the alarm; chance raises it about once in ten million numbers, wherever in a stream and however long that is. Valid numbers
 * wait until the list is recognised or has ended without.
 */
final class ListWatch {
    /** ln(0.5 / 0.1) and ln(0.5 / 0.9). */
    private static final double VALID_WEIGHT = 1.609;

    private static final double INVALID_WEIGHT = -0.588;
    /** ln(10⁷). */
    private static final double ALARM = 16;
    /** A list has ended when it is this far below the alarm: some ten numbers in a row that are not valid. */
    private static final double END = 10;

    private static final int REMEMBERED = 16;

    private final WaitingNumbers waiting = new WaitingNumbers();
    private final Tally low;
    private final Tally high;
    private final long[] seen = new long[REMEMBERED];
    private int nextSeen;
    private double sum;
    private boolean inList;

    ListWatch(Tally low, Tally high) {
        this.low = low;
        this.high = high;
        Arrays.fill(seen, -1);
    }

    /** A number of the right length that is not valid. */
    void invalid() {
        step(INVALID_WEIGHT);
    }

    /**
     * A valid number; a repeated one says nothing about a list.
     *
     * @param number its digits as one value
     * @param length how many digits it has
     */
    void valid(long number, int length) {
        if (!wasSeen(number)) {
            step(VALID_WEIGHT);
        }
        if (inList) {
            high.add(number, length);
        } else {
            waiting.add(number, length);
        }
    }

    /** Like {@link #valid} for a number that counts elsewhere. */
    void validElsewhere(long number) {
        if (!wasSeen(number)) {
            step(VALID_WEIGHT);
        }
    }

    /** The stream has ended. */
    void end() {
        waiting.moveTo(low);
        Arrays.fill(seen, -1);
    }

    private void step(double weight) {
        sum = Math.min(ALARM, Math.max(0, sum + weight));
        if (sum >= ALARM && !inList) {
            inList = true;
            waiting.moveTo(high);
        } else if (inList && sum < END) {
            inList = false;
            sum = 0;
        } else if (!inList && sum == 0) {
            waiting.moveTo(low);
        }
    }

    private boolean wasSeen(long number) {
        for (long one : seen) {
            if (one == number) {
                return true;
            }
        }
        seen[nextSeen] = number;
        nextSeen = (nextSeen + 1) % REMEMBERED;
        return false;
    }
}
