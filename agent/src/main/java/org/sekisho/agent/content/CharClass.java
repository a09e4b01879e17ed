package org.sekisho.agent.content;

/**
 * What a character means to somebody who looks for numbers: a digit of some style, nothing at all, a separator of some
 * kind, or the end of a number.
 *
 * <p>Digits of different styles don't belong to one run: in "①1234" the first is an item mark. Classes are small integers, so
 * that one table look-up tells them.
 */
final class CharClass {
    /** A class below this is a digit: style × {@link #STYLE_STEP} + value. */
    static final byte DIGITS_END = 64;

    static final byte STYLE_STEP = 16;
    /** Decimal digits of any script (Unicode category Nd): ASCII, full-width, Arabic-Indic, mathematical … */
    static final byte STYLE_DECIMAL = 0;
    /** Circled, parenthesised, superscript, subscript. */
    static final byte STYLE_MARK = 1;
    /** 〇一二三四五六七八九 and the formal 零壱弐参. */
    static final byte STYLE_KANJI = 2;

    /** Ends a number. */
    static final byte OTHER = 64;
    /** Takes no room on the page: zero-width characters, combining marks, variation selectors, most controls. */
    static final byte INVISIBLE = 65;

    // Separators, weakest first; a join of several is as strong as KindOfJoin says.
    /** NUL: what UTF-16 looks like when it is read as ASCII. */
    static final byte NUL = 66;

    static final byte HYPHEN = 67;
    static final byte DOT = 68;
    /** Other punctuation that people put between groups: / _ : ~ … */
    static final byte MARK = 69;

    static final byte SPACE = 70;
    /** Between the cells of a table: tab, comma, quotation marks, vertical bar. */
    static final byte CELL = 71;

    static final byte LINE = 72;
    /** {@code <}, which may open an HTML tag. */
    static final byte TAG_OPEN = 73;

    private static final byte[] TABLE = table();

    private CharClass() {}

    /** Class of a code point; OTHER for one that is none. */
    static byte of(int codePoint) {
        if (codePoint < 0x10000) {
            return codePoint < 0 ? OTHER : TABLE[codePoint];
        }
        return codePoint < 0x110000 ? classify(codePoint) : OTHER;
    }

    /** Class of a code point below U+10000. */
    static byte ofBasic(int codePoint) {
        return TABLE[codePoint];
    }

    static boolean isDigit(byte charClass) {
        return charClass < DIGITS_END;
    }

    static int value(byte digit) {
        return digit & STYLE_STEP - 1;
    }

    static int style(byte digit) {
        return digit / STYLE_STEP;
    }

    private static byte[] table() {
        byte[] table = new byte[0x10000];
        for (int c = 0; c < table.length; c++) {
            table[c] = classify(c);
        }
        // Circled (four kinds), parenthesised, full stop, negative circled, double circled, ideographs in parentheses
        // or circles.
        int[] marksOfOne = {0x2460, 0x2474, 0x2488, 0x24F5, 0x2776, 0x2780, 0x278A, 0x3220, 0x3280};
        for (int one : marksOfOne) {
            style(table, STYLE_MARK, one, 1, 9);
        }
        style(table, STYLE_MARK, 0x2070, 0, 0);
        style(table, STYLE_MARK, 0x00B9, 1, 1);
        style(table, STYLE_MARK, 0x00B2, 2, 3);
        style(table, STYLE_MARK, 0x2074, 4, 9);
        style(table, STYLE_MARK, 0x2080, 0, 9);
        style(table, STYLE_MARK, 0x24EA, 0, 0);
        style(table, STYLE_MARK, 0x24FF, 0, 0);
        String kanji = "〇一二三四五六七八九";
        for (int value = 0; value < kanji.length(); value++) {
            style(table, STYLE_KANJI, kanji.charAt(value), value, value);
        }
        style(table, STYLE_KANJI, '零', 0, 0);
        style(table, STYLE_KANJI, '壱', 1, 1);
        style(table, STYLE_KANJI, '弐', 2, 2);
        style(table, STYLE_KANJI, '参', 3, 3);
        separators(table);
        return table;
    }

    private static void separators(byte[] table) {
        table[0] = NUL;
        table['<'] = TAG_OPEN;
        // The prolonged sound marks and box-drawing lines are what a hyphen looks like from a Japanese input method.
        put(
                table,
                HYPHEN,
                "-\u058A\u05BE\u1806\u2043\u207B\u208B\u2212\u2500\u2501\u2796\u30A0\u30FC\uFE58\uFE63\uFF0D\uFF70\u02D7\u00AF");
        for (int c = 0x2010; c <= 0x2015; c++) {
            table[c] = HYPHEN;
        }
        put(table, DOT, ".\u00B7\u2022\u2024\u2027\u22C5\u3002\u30FB\uFF0E\uFF61\uFF65");
        put(table, MARK, "/_:;~\u301C|*+=#\\\uFF0F\uFF3F\uFF1A\uFF1B\uFF5E\uFF0A\uFF0B\uFF1D\uFFE5");
        put(
                table,
                CELL,
                "\t,\"'`|\u001C\u001D\u001E\u001F\u3001\uFF0C\uFF64\uFF02\uFF07\uFF5C\u2018\u2019\u201C\u201D\u2502\u2503");
        put(table, LINE, "\n\r\u000B\f\u0085\u2028\u2029");
        // Letters and symbols that print as nothing: Hangul fillers, blank Braille.
        put(table, SPACE, "\u3164\u115F\u1160\uFFA0\u2800");
    }

    private static void put(byte[] table, byte charClass, String characters) {
        for (int i = 0; i < characters.length(); i++) {
            table[characters.charAt(i)] = charClass;
        }
    }

    private static void style(byte[] table, byte style, int first, int from, int to) {
        for (int value = from; value <= to; value++) {
            table[first + value - from] = (byte) (style * STYLE_STEP + value);
        }
    }

    private static byte classify(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.DECIMAL_DIGIT_NUMBER -> (byte) Character.digit(codePoint, 10);
            case Character.SPACE_SEPARATOR -> SPACE;
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> LINE;
            case Character.DASH_PUNCTUATION -> HYPHEN;
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.COMBINING_SPACING_MARK -> INVISIBLE;
            default -> OTHER;
        };
    }
}
