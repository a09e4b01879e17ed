package org.sekisho.control.event.shape;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The one form in which texts are compared, and the pairs of characters by which they are found. Full and half width, and
 * upper and lower case, are the same (Unicode's NFKC). Japanese has no blanks between words, so that a text is found by any
 * part of it, however short.
 */
public final class SearchText {
    /** Of one event; no window title or path is that long. What is beyond isn't found. */
    public static final int MAX_LENGTH = 4_096;

    /** Words of one search; more don't make it narrower. */
    private static final int MAX_WORDS = 16;
    /** CJK radicals: here begin the scripts in which one character is a word. */
    private static final int FIRST_WORD_CHARACTER = 0x2E80;

    private SearchText() {}

    /** The form in which texts are compared. */
    public static String normal(String text) {
        String folded = Normalizer.isNormalized(text, Normalizer.Form.NFKC)
                ? text
                : Normalizer.normalize(text, Normalizer.Form.NFKC);
        StringBuilder clean = new StringBuilder(folded.toLowerCase(Locale.ROOT));
        clean.setLength(Math.min(clean.length(), MAX_LENGTH));
        if (!clean.isEmpty() && Character.isHighSurrogate(clean.charAt(clean.length() - 1))) {
            clean.setLength(clean.length() - 1);
        }
        for (int i = 0; i < clean.length(); i++) {
            char c = clean.charAt(i);
            if (Character.isISOControl(c) || Character.isWhitespace(c)) {
                clean.setCharAt(i, ' ');
            }
        }
        return clean.toString();
    }

    /** What somebody typed, as the words that must all be found. */
    public static List<String> words(String typed) {
        return Arrays.stream(normal(typed).split(" "))
                .filter(word -> !word.isEmpty())
                .distinct()
                .limit(MAX_WORDS)
                .toList();
    }

    /**
     * The terms of a text in its normal form: each pair of neighbours within a word, and each single character that can be a
     * word. Whatever contains a word has all of the word's terms; the other way round it must be looked at again.
     */
    static IntStream terms(String normal) {
        return IntStream.range(0, normal.length()).flatMap(at -> termsAt(normal, at));
    }

    /** The terms that a text must have to contain this word; none for a single letter or digit. */
    public static int[] termsOf(String word) {
        if (word.length() > 1) {
            return IntStream.range(0, word.length() - 1)
                    .map(at -> pair(word, at))
                    .distinct()
                    .toArray();
        }
        return terms(word).toArray();
    }

    private static IntStream termsAt(String text, int at) {
        char c = text.charAt(at);
        if (c == ' ') {
            return IntStream.empty();
        }
        boolean paired = at + 1 < text.length() && text.charAt(at + 1) != ' ';
        boolean single = c >= FIRST_WORD_CHARACTER;
        return paired
                ? single ? IntStream.of(pair(text, at), c) : IntStream.of(pair(text, at))
                : single ? IntStream.of(c) : IntStream.empty();
    }

    private static int pair(String text, int at) {
        return text.charAt(at) << Character.SIZE | text.charAt(at + 1);
    }
}
