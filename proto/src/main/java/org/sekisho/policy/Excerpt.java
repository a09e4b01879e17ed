package org.sekisho.policy;

/** What a message may repeat of a text that somebody else wrote. */
final class Excerpt {
    /** Enough to recognise one's own word. */
    private static final int MAX = 60;

    private Excerpt() {}

    static String of(String text) {
        String visible = text.codePoints()
                .map(c -> Character.isISOControl(c) ? '\uFFFD' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return visible.length() <= MAX ? visible : visible.substring(0, visible.offsetByCodePoints(0, MAX / 2)) + "…";
    }
}
