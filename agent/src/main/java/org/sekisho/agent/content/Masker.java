package org.sekisho.agent.content;

import java.util.ArrayList;
import java.util.List;

/**
 * Masks numbers in short texts that a user can influence: window titles, file names, reasons. Stateless.
 *
 * <p>Stricter than the detectors: no checksum and no keyword is asked for, because a text that ends up in a record gains
 * nothing from a long number. Only dates, with times, are left as they are if they are written with separators.
 */
public final class Masker {
    /** What stands where a number was; has no digit. */
    public static final String MASK = "[***]";

    /** 住民票コード; 個人番号 and 法人番号 are longer. */
    private static final int LONG = 11;
    /** 基礎年金番号, which only counts in its own grouping or as one run. */
    private static final int PENSION = 10;

    private Masker() {}

    /**
     * The text with every detected number, and whatever else could be one, replaced by {@link #MASK}: eleven digits or more in
     * any script that only separators keep apart, and ten in a row or as four and six.
     */
    public static String mask(String text) {
        StringBuilder masked = new StringBuilder();
        int copied = 0;
        int at = 0;
        while (at < text.length()) {
            int codePoint = text.codePointAt(at);
            if (!CharClass.isDigit(CharClass.of(codePoint))) {
                at += Character.charCount(codePoint);
                continue;
            }
            Digits digits = read(text, at);
            if (digits.isNumber()) {
                masked.append(text, copied, at).append(MASK);
                copied = digits.end;
            }
            at = digits.end;
        }
        return copied == 0 ? text : masked.append(text, copied, text.length()).toString();
    }

    /** The digits from {@code start} on that belong together, however many separators are between. */
    private static Digits read(String text, int start) {
        Digits digits = new Digits();
        boolean inRun = false;
        for (int at = start; at < text.length(); ) {
            int codePoint = text.codePointAt(at);
            byte charClass = CharClass.of(codePoint);
            at += Character.charCount(codePoint);
            if (CharClass.isDigit(charClass)) {
                digits.add(CharClass.value(charClass), !inRun, at);
                inRun = true;
            } else if (charClass == CharClass.OTHER || charClass == CharClass.TAG_OPEN) {
                break;
            } else if (charClass != CharClass.INVISIBLE) {
                inRun = false;
            }
        }
        return digits;
    }

    /** Runs of digits, each as its length and, if short, its value. */
    private static final class Digits {
        private final List<Integer> lengths = new ArrayList<>();
        private final List<Integer> values = new ArrayList<>();
        private int total;
        private int end;

        void add(int digit, boolean newRun, int behind) {
            if (newRun) {
                lengths.add(0);
                values.add(0);
            }
            int last = lengths.size() - 1;
            lengths.set(last, lengths.get(last) + 1);
            values.set(last, lengths.get(last) > 4 ? -1 : values.get(last) * 10 + digit);
            total++;
            end = behind;
        }

        boolean isNumber() {
            boolean pension = false;
            for (int i = 0; i < lengths.size(); i++) {
                pension |= lengths.get(i) >= PENSION;
                pension |= i > 0 && lengths.get(i) == 6 && lengths.get(i - 1) == 4;
            }
            return pension || (total >= LONG && !isDates());
        }

        /** Nothing but years, months and days, each followed by a time or not. */
        private boolean isDates() {
            int at = 0;
            while (at < lengths.size()) {
                if (!is(at, 1900, 2099, 4) || !is(at + 1, 1, 12, 2) || !is(at + 2, 1, 31, 2)) {
                    return false;
                }
                at += 3;
                if (is(at, 0, 24, 2) && is(at + 1, 0, 59, 2)) {
                    at += is(at + 2, 0, 59, 2) ? 3 : 2;
                }
            }
            return true;
        }

        private boolean is(int at, int least, int most, int maxLength) {
            return at < lengths.size()
                    && lengths.get(at) <= maxLength
                    && values.get(at) >= least
                    && values.get(at) <= most;
        }
    }
}
