package org.sekisho.agent.content;

import java.util.Arrays;

/** The last sixteen runs of a chain, by their place in it from 0. Older ones are overwritten: no chain has to end. */
final class RecentRuns {
    /** A power of two that holds a number digit by digit (13) and a neighbour on either side. */
    private static final int RUNS = 16;
    /** Cards are written in fours. */
    static final int GROUP = 4;

    private static final int CARD_GROUPS = 4;

    private final DigitRun[] runs = new DigitRun[RUNS];
    private final byte[] card = new byte[CARD_GROUPS * GROUP];
    private long count;

    RecentRuns() {
        for (int i = 0; i < RUNS; i++) {
            runs[i] = new DigitRun();
        }
    }

    /** A chain begins. */
    void clear() {
        count = 0;
    }

    /** The run to fill next. */
    DigitRun next() {
        return at(count);
    }

    /** Counts the run that was filled, and answers it. */
    DigitRun add() {
        return at(count++);
    }

    /** How many runs the chain has had. */
    long count() {
        return count;
    }

    DigitRun at(long place) {
        return runs[(int) place & RUNS - 1];
    }

    /** Length of the run before; 0 if there is none. */
    int lengthBefore(long place) {
        return place > 0 ? at(place - 1).length : 0;
    }

    /** Length of the run behind; 0 if there is none. */
    int lengthBehind(long place) {
        return place + 1 < count ? at(place + 1).length : 0;
    }

    /** Copies the digits of the runs from {@code first} to {@code last}, as many as a candidate holds. */
    void gather(long first, long last, NumberCandidate into) {
        into.length = 0;
        for (long place = first; place <= last; place++) {
            DigitRun run = at(place);
            int length = Math.min(run.length, into.digits.length - into.length);
            System.arraycopy(run.digits, 0, into.digits, into.length, length);
            into.length += length;
        }
    }

    /** Whether the four runs of four from {@code first} are a payment card's number (ISO/IEC 7812-1, Annex B). */
    boolean isCard(long first) {
        for (int group = 0; group < CARD_GROUPS; group++) {
            System.arraycopy(at(first + group).digits, 0, card, group * GROUP, GROUP);
        }
        return CheckDigits.luhn(card, card.length);
    }

    void wipe() {
        for (DigitRun run : runs) {
            run.wipe();
        }
        Arrays.fill(card, (byte) 0);
    }
}
