package org.sekisho.agent.content;

/**
 * Runs of digits that only separators keep apart, and what numbers can be read from them. A run is
 * judged when the one after it is known.
 *
 * <p>Read as plain candidates: a run of exactly the right length; 4-4-4 (法人番号: 1-4-4-4) and digit by digit, if what stands
 * beside them isn't joined in the same way; any grouping with hyphens and dots that has exactly the right length. Read as
 * candidates that need a keyword: the same with neighbours that could make them part of something longer, and whole chains of
 * the right length in any grouping.
 */
final class DigitChain {
    private static final int GROUP = RecentRuns.GROUP;

    private final NumberCandidate.Receiver receiver;
    private final NumberCandidate candidate = new NumberCandidate();
    private final RecentRuns runs = new RecentRuns();
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
    }

    void begin(boolean afterHexLetter, boolean afterPlus) {
        runs.clear();
        total = 0;
        soft = 0;
        softFirst = 0;
        behindHex = afterHexLetter;
        behindPlus = afterPlus;
    }

    /** The run to fill next; it counts when {@link #closeRun()} is called. */
    DigitRun next() {
        return runs.next();
    }

    void closeRun() {
        DigitRun run = runs.add();
        long count = runs.count();
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
        long count = runs.count();
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
        runs.wipe();
        candidate.wipe();
    }

    private void judge(long at, Join after) {
        DigitRun run = run(at);
        switch (run.length) {
            case 10, 11, 12, 13 -> offer(at, at, !isFraction(run), false);
            case 1 -> digitByDigit(at, after);
            case GROUP -> fours(at, after);
            case 6 -> {
                if (runs.lengthBefore(at) == GROUP) {
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
            marked |= at > softFirst
                    && run(at).join == Join.ADJACENT
                    && Math.max(run(at).length, runs.lengthBefore(at)) >= 10;
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
        if (after == join && runs.lengthBehind(last) == 1) {
            return;
        }
        long first = last;
        while (first > 0
                && last - first <= NumberCandidate.MAX_DIGITS
                && run(first).join == join
                && runs.lengthBefore(first) == 1) {
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
        if (last < 2 || runs.lengthBefore(last) != GROUP || runs.lengthBefore(last - 1) != GROUP) {
            return;
        }
        long first = last - 2;
        Join left = run(last - 1).join;
        Join right = run(last).join;
        if (runs.lengthBefore(first) == 1 && left == right && run(first).join == left && isCorporate(first - 1, last)) {
            offer(first - 1, last, true, true);
            return;
        }
        boolean freeBefore = first == 0 || isFree(run(first).join, runs.lengthBefore(first), left, right, left);
        boolean freeAfter = after == Join.BREAK || isFree(after, runs.lengthBehind(last), left, right, right);
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
        boolean before = first > 0 && runs.lengthBefore(first) == GROUP && run(first).join == run(last).join;
        boolean behind = after == run(last).join && runs.lengthBehind(last) == GROUP;
        return (before && runs.isCard(first - 1)) || (behind && runs.isCard(first));
    }

    private boolean isCorporate(long first, long last) {
        runs.gather(first, last, candidate);
        return candidate.length == NumberCandidate.MAX_DIGITS && CheckDigits.corporateNumber(candidate.digits);
    }

    /** Numbers that are cut in an unusual way: believable if nothing else is in the chain, and a keyword is near. */
    private void judgeWhole() {
        long count = runs.count();
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
        runs.gather(first, last, candidate);
        candidate.start = run(first).start;
        candidate.end = run(last).end;
        candidate.plain = plain;
        candidate.grouped = grouped;
        receiver.candidate(candidate);
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

    private DigitRun run(long at) {
        return runs.at(at);
    }
}
