package org.sekisho.agent.content;

import java.util.Arrays;

/**
 * Runs of digits that only separators keep apart, and what numbers can be read from them. However long a chain is, only its
 * last sixteen runs are kept; a run is judged when the one after it is known.
 *
 * <p>Read as plain candidates: a run of exactly the right length; 4-4-4 (法人番号: 1-4-4-4) and digit by digit, if what stands
 * beside them isn't joined in the same way; any grouping with hyphens and dots that has exactly the right length. Read as
 * candidates that need a keyword: the same with neighbours that could make them part of something longer, and whole chains of
 * the right length in any grouping.
 */
final class DigitChain {
    /** A power of two that holds a number digit by digit (13) and a neighbour on either side. */
    private static final int RUNS = 16;

    private static final int GROUP = 4;

    private final NumberCandidate.Receiver receiver;
    private final NumberCandidate candidate = new NumberCandidate();
    private final byte[] card = new byte[4 * GROUP];
    private final DigitRun[] runs = new DigitRun[RUNS];
    /** How many runs the chain has had. */
    private long count;
    /** Digits of the whole chain so far, and of its last part with soft joins only; both saturate. */
    private int total;

    private int soft;
    private long softFirst;
    /** Between letters of a hexadecimal string. */
    private boolean behindHex;
    /** Behind a plus sign, as international telephone numbers are. */
    private boolean behindPlus;

    DigitChain(NumberCandidate.Receiver receiver) {
        this.receiver = receiver;
        for (int i = 0; i < RUNS; i++) {
            runs[i] = new DigitRun();
        }
    }

    void begin(boolean afterHexLetter, boolean afterPlus) {
        count = 0;
        total = 0;
        soft = 0;
        softFirst = 0;
        behindHex = afterHexLetter;
        behindPlus = afterPlus;
    }

    /** The run to fill next; it counts when {@link #closeRun()} is called. */
    DigitRun next() {
        return run(count);
    }

    void closeRun() {
        DigitRun run = run(count);
        count++;
        if (count > 1) {
            judge(count - 2, run.join);
        }
        if (!run.join.isSoft()) {
            soft = 0;
            softFirst = count - 1;
        }
        soft = saturated(soft + run.length);
        total = saturated(total + run.length);
    }

    /** Nothing more belongs to the chain. */
    void end(boolean beforeHexLetter) {
        if (count == 0) {
            return;
        }
        if (count == 1 && behindHex && beforeHexLetter) {
            return;
        }
        judge(count - 1, Join.BREAK);
        judgeWhole();
    }

    void wipe() {
        for (DigitRun run : runs) {
            run.wipe();
        }
        candidate.wipe();
        Arrays.fill(card, (byte) 0);
    }

    private void judge(long at, Join after) {
        DigitRun run = run(at);
        switch (run.length) {
            case 10, 11, 12, 13 -> offer(at, at, !isFraction(run), false);
            case 1 -> digitByDigit(at, after);
            case GROUP -> fours(at, after);
            case 6 -> {
                if (lengthBefore(at) == GROUP) {
                    offer(at - 1, at, false, true);
                }
            }
            default -> {}
        }
        if (!after.isSoft() && softFirst < at && isNumberLength(soft)) {
            softGroups(at);
        }
    }

    /** Any grouping by hyphens and dots. */
    private void softGroups(long last) {
        boolean address = true;
        boolean dots = true;
        boolean marked = false;
        for (long at = softFirst; at <= last; at++) {
            address &= run(at).length == 3 && value(run(at)) <= 255;
            // "①" in front of a number is an item mark, no digit of it.
            marked |=
                    at > softFirst && run(at).join == Join.ADJACENT && Math.max(run(at).length, lengthBefore(at)) >= 10;
            dots &= at == softFirst || run(at).join == Join.DOT;
        }
        boolean ipv4 = address && dots;
        if (marked || ipv4) {
            return;
        }
        offer(softFirst, last, !behindPlus || softFirst > 0, false);
    }

    private void digitByDigit(long last, Join after) {
        Join join = run(last).join;
        if (after == join && nextLength(last) == 1) {
            return;
        }
        long first = last;
        while (first > 0
                && last - first <= NumberCandidate.MAX_DIGITS
                && run(first).join == join
                && lengthBefore(first) == 1) {
            first--;
        }
        int length = (int) (last - first + 1);
        if (!isNumberLength(length) && length != 10) {
            return;
        }
        boolean bound = join.binds() && (after == join || (first > 0 && run(first).join == join));
        offer(first, last, !bound, true);
    }

    private void fours(long last, Join after) {
        if (last < 2 || lengthBefore(last) != GROUP || lengthBefore(last - 1) != GROUP) {
            return;
        }
        long first = last - 2;
        Join left = run(last - 1).join;
        Join right = run(last).join;
        if (lengthBefore(first) == 1 && left == right && run(first).join == left && isCorporate(first - 1, last)) {
            offer(first - 1, last, true, true);
            return;
        }
        boolean freeBefore = first == 0 || isFree(run(first).join, lengthBefore(first), left, right, left);
        boolean freeAfter = after == Join.BREAK || isFree(after, nextLength(last), left, right, right);
        boolean plain = freeBefore && freeAfter;
        if (!plain && left == Join.CELL && right == Join.CELL) {
            plain = freeBefore || freeAfter;
        }
        if (isCard(first, last, after)) {
            return;
        }
        offer(first, last, plain, true);
    }

    /** Whether a neighbour so joined leaves three groups of four a number of their own. */
    private static boolean isFree(Join outer, int neighbour, Join left, Join right, Join inner) {
        if (left == right && outer != inner) {
            return true;
        }
        if (left != right && outer.compareTo(left) > 0 && outer.compareTo(right) > 0) {
            return true;
        }
        return !outer.binds() && neighbour != GROUP;
    }

    private boolean isCard(long first, long last, Join after) {
        boolean before = first > 0 && lengthBefore(first) == GROUP && run(first).join == run(last).join;
        boolean behind = after == run(last).join && nextLength(last) == GROUP;
        return (before && passesLuhn(first - 1)) || (behind && passesLuhn(first));
    }

    private boolean passesLuhn(long first) {
        for (int group = 0; group < GROUP; group++) {
            System.arraycopy(run(first + group).digits, 0, card, group * GROUP, GROUP);
        }
        return CheckDigits.luhn(card, card.length);
    }

    private boolean isCorporate(long first, long last) {
        gather(first, last);
        return candidate.length == NumberCandidate.MAX_DIGITS && CheckDigits.corporateNumber(candidate.digits);
    }

    /** Numbers that are cut in an unusual way: believable if nothing else is in the chain, and a keyword is near. */
    private void judgeWhole() {
        if (count < 2 || count > NumberCandidate.MAX_DIGITS || softFirst == 0 || !isNumberLength(total)) {
            return;
        }
        boolean amount = true;
        for (long at = 1; at < count; at++) {
            amount &= run(at).join == Join.CELL && run(at).length == 3;
        }
        if (!amount) {
            offer(0, count - 1, false, false);
        }
    }

    private void offer(long first, long last, boolean plain, boolean grouped) {
        gather(first, last);
        candidate.start = run(first).start;
        candidate.end = run(last).end;
        candidate.plain = plain;
        candidate.grouped = grouped;
        receiver.candidate(candidate);
    }

    private void gather(long first, long last) {
        candidate.length = 0;
        for (long at = first; at <= last; at++) {
            DigitRun run = run(at);
            int length = Math.min(run.length, candidate.digits.length - candidate.length);
            System.arraycopy(run.digits, 0, candidate.digits, candidate.length, length);
            candidate.length += length;
        }
    }

    private static boolean isFraction(DigitRun run) {
        return run.fraction;
    }

    private static boolean isNumberLength(int digits) {
        return digits >= 11 && digits <= NumberCandidate.MAX_DIGITS;
    }

    private static int value(DigitRun run) {
        return run.digits[0] * 100 + run.digits[1] * 10 + run.digits[2];
    }

    private static int saturated(int digits) {
        return Math.min(digits, NumberCandidate.MAX_DIGITS + 1);
    }

    private int lengthBefore(long at) {
        return at > 0 ? run(at - 1).length : 0;
    }

    private int nextLength(long at) {
        return at + 1 < count ? run(at + 1).length : 0;
    }

    private DigitRun run(long at) {
        return runs[(int) at & RUNS - 1];
    }
}
