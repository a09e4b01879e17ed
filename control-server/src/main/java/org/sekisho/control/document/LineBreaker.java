package org.sekisho.control.document;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Breaks text into lines as Japanese typesetting does (JIS X 4051, 禁則処理, in its basic form): between any two characters,
 * but not before closing punctuation and small kana, nor after opening brackets, nor inside of a Latin word or number that
 * fits on a line. Pure.
 */
final class LineBreaker {
    /** Never first on a line. */
    private static final String NOT_FIRST =
            "、。，．,.・：；:;？！?!゛゜´｀¨＾￣＿ヽヾゝゞ〃仝々〆〇ー―‐／’”）〕］｝〉》」』】)]}>»›%％‰℃" + "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ…‥〜～";
    /** Never last on a line. */
    private static final String NOT_LAST = "‘“（〔［｛〈《「『【([{<«‹＄￥£$¥#＃№〒";

    private final ToDoubleFunction<String> width;
    private final double limit;

    /**
     * @param width of a text as it is set
     * @param limit of a line, in the same unit
     */
    LineBreaker(ToDoubleFunction<String> width, double limit) {
        this.width = width;
        this.limit = limit;
    }

    /** At least one line; line feeds are kept. */
    List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        for (String paragraph : text.split("\n", -1)) {
            wrap(paragraph, lines);
        }
        return lines;
    }

    private void wrap(String paragraph, List<String> lines) {
        StringBuilder line = new StringBuilder();
        for (String unit : units(paragraph)) {
            if (!line.isEmpty() && width.applyAsDouble(line + unit.stripTrailing()) > limit) {
                lines.add(line.toString().stripTrailing());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? unit.stripLeading() : unit);
            // One unit that is longer than a line, such as a path, is broken where it must be.
            while (width.applyAsDouble(line.toString().stripTrailing()) > limit) {
                int fits = fitting(line);
                lines.add(line.substring(0, fits));
                line.delete(0, fits);
            }
        }
        lines.add(line.toString().stripTrailing());
    }

    /** How many chars of it fit on a line; at least one character. */
    private int fitting(CharSequence text) {
        int end = 0;
        while (end < text.length()) {
            int next = end + Character.charCount(Character.codePointAt(text, end));
            if (end > 0 && width.applyAsDouble(text.subSequence(0, next).toString()) > limit) {
                return end;
            }
            end = next;
        }
        return end;
    }

    /** What must not be broken, with the blanks that follow it. */
    private static List<String> units(String text) {
        List<String> units = new ArrayList<>();
        int[] points = text.codePoints().toArray();
        StringBuilder unit = new StringBuilder();
        for (int at = 0; at < points.length; at++) {
            if (!unit.isEmpty() && mayBreak(points[at - 1], points[at])) {
                units.add(unit.toString());
                unit.setLength(0);
            }
            unit.appendCodePoint(points[at]);
        }
        units.add(unit.toString());
        return units;
    }

    private static boolean mayBreak(int before, int after) {
        if (after == ' ' || NOT_FIRST.indexOf(after) >= 0 || NOT_LAST.indexOf(before) >= 0) {
            return false;
        }
        return before == ' ' || !isLatin(before) || !isLatin(after);
    }

    /** Characters that make words and numbers: those that Japanese sets half as wide. */
    private static boolean isLatin(int point) {
        return point < 0x2E80;
    }
}
