package org.sekisho.agent.content;

import java.util.Arrays;

/** Valid numbers of which it is not yet known whether they stand in a list; wiped as soon as it is. */
final class WaitingNumbers {
    private final long[] numbers = new long[Tally.MAX_FINGERPRINTS];
    private int kept;
    private long count;
    private int length;

    void add(long number, int digits) {
        count++;
        length = digits;
        if (kept < numbers.length) {
            numbers[kept++] = number;
        }
    }

    void moveTo(Tally tally) {
        for (int i = 0; i < kept; i++) {
            tally.add(numbers[i], length);
        }
        tally.addOccurrences(count - kept);
        Arrays.fill(numbers, 0, kept, 0);
        kept = 0;
        count = 0;
    }
}
