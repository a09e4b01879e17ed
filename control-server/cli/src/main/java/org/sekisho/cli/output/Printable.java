package org.sekisho.cli.output;

/**
 * Makes text from the wire safe to show. Host names, titles and reasons come from terminals; a control sequence in one must
 * not steer the operator's screen, nor a bidirectional override disguise a name.
 */
public final class Printable {
    private static final int REPLACEMENT = 0xFFFD;

    private Printable() {}

    /** The text on one line, with U+FFFD in place of each control or format character that could change what is seen. */
    public static String line(String text) {
        return text.codePoints()
                .map(point -> point == '\n' || point == '\t' ? ' ' : shown(point))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** As {@link #line}, but line breaks and tabs stay. */
    public static String lines(String text) {
        return text.codePoints()
                .map(point -> point == '\n' || point == '\t' ? point : shown(point))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static int shown(int point) {
        boolean harmful = switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
        return harmful ? REPLACEMENT : point;
    }
}
