package org.sekisho.agent.content;

import java.util.List;
import org.sekisho.agent.content.text.Utf8Sink;

/**
 * Finds numbers in a stream of UTF-8 of any length, in bounded memory.
 *
 * <p>Most of a text is skipped by {@link DigitSkim}; short groups of digits, such as dates and amounts, are only counted by a
 * quick look ahead; the rest is read as a {@link DigitChain}.
 */
final class NumberScanner implements Utf8Sink {
    /** Shortest number that is looked for: 基礎年金番号. */
    private static final int MIN_DIGITS = 10;
    /** With fewer, digits of other styles before them can't add up to a number without being seen first. */
    private static final int FEW_DIGITS = 4;
    /** How far back a chain is followed that began with digits of another style; several such numbers. */
    private static final int MAX_BACK = 256;
    /** How far a quick look goes before it leaves the matter to the chain reader. */
    private static final int MAX_PEEK = 1024;

    private final TextWindow window = new TextWindow();
    private final CandidateJudge judge;
    private final DigitChain chain;
    private final ChainReader reader;
    /** Offset in the window of what comes next. */
    private int position;
    /** Offset behind the last chain, which the next one can't reach into. */
    private int behindChain;

    NumberScanner(Fingerprinter fingerprinter) {
        judge = new CandidateJudge(new KeywordTracker(window), fingerprinter);
        chain = new DigitChain(judge);
        reader = new ChainReader(window, chain);
    }

    @Override
    public void accept(byte[] utf8, int offset, int length) {
        int at = offset;
        int left = length;
        while (left > 0) {
            int taken = window.append(utf8, at, left);
            at += taken;
            left -= taken;
            if (window.isFull()) {
                scan(window.fill - TextWindow.LOOK_AHEAD, false);
                int kept = window.compact(position);
                behindChain = Math.max(0, behindChain - (position - kept));
                position = kept;
            }
        }
    }

    @Override
    public void end() {
        scan(window.fill, true);
        reader.end(false);
    }

    /** What was found, after {@link #end()}; wipes all that was kept of the text. */
    List<Finding> findings() {
        List<Finding> findings = judge.findings();
        window.wipe();
        chain.wipe();
        return findings;
    }

    private void scan(int limit, boolean last) {
        while (position < limit) {
            if (reader.isActive()) {
                position = reader.read(position, limit);
                behindChain = position;
                continue;
            }
            position = DigitSkim.next(window.bytes, position, limit, window.fill);
            if (position < limit) {
                peek(last);
            }
        }
    }

    /** Decides whether the digits at {@code position} are worth being read as a chain. */
    private void peek(boolean last) {
        byte[] bytes = window.bytes;
        int stop = Math.min(window.fill, position + MAX_PEEK);
        int at = position;
        int digits = 0;
        boolean chainEnds = false;
        while (at < stop && digits < MIN_DIGITS && !chainEnds) {
            int decoded = Utf8.decode(bytes, at, window.fill);
            byte charClass = CharClass.of(Utf8.codePoint(decoded));
            int behind = at + Utf8.length(decoded);
            if (CharClass.isDigit(charClass)) {
                digits++;
            } else if (charClass == CharClass.TAG_OPEN) {
                behind = MarkupTag.end(bytes, at, window.fill);
                chainEnds = behind < 0;
            } else {
                chainEnds = charClass == CharClass.OTHER;
            }
            at = chainEnds ? at : behind;
        }
        chainEnds |= last && at >= window.fill;
        boolean few = chainEnds && digits < MIN_DIGITS;
        int start = few && digits < FEW_DIGITS ? position : chainStart();
        if (few && start == position) {
            position = Math.max(at, position + 1);
        } else {
            position = start;
            reader.begin(start);
        }
    }

    /** Where the chain begins that {@code position} is in: digits of other styles before it may have been skipped. */
    private int chainStart() {
        byte[] bytes = window.bytes;
        int floor = Math.max(behindChain, position - MAX_BACK);
        int start = position;
        int at = position;
        while (at > floor) {
            int before = Utf8.startOf(bytes, at - 1, floor);
            byte charClass = CharClass.of(Utf8.codePoint(Utf8.decode(bytes, before, window.fill)));
            if (charClass == CharClass.OTHER || charClass == CharClass.TAG_OPEN) {
                break;
            }
            if (CharClass.isDigit(charClass)) {
                start = before;
            }
            at = before;
        }
        return start;
    }
}
