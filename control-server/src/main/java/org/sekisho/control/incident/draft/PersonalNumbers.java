package org.sekisho.control.incident.draft;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps what looks like a personal number out of a text that people write. As strict as the terminals' masking: twelve digits in a
 * row, or as 4-4-4, in any script and whatever their check digit, because a report gains nothing from them. Pure.
 */
final class PersonalNumbers {
    /** As terminals mask; has no digit. */
    private static final String MASK = "[***]";

    private static final String GAP = "[\\p{Z}\\p{Pd}\\t\\r\\n.・．−ー]{1,3}";
    private static final Pattern NUMBER = Pattern.compile(
            "(?<!\\p{Nd})(?:\\p{Nd}{12}|\\p{Nd}{4}" + GAP + "\\p{Nd}{4}" + GAP + "\\p{Nd}{4})(?!\\p{Nd})");

    private PersonalNumbers() {}

    static boolean in(String text) {
        return NUMBER.matcher(text).find();
    }

    static String masked(String text) {
        return NUMBER.matcher(text).replaceAll(Matcher.quoteReplacement(MASK));
    }
}
