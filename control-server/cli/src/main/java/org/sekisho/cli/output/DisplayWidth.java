package org.sekisho.cli.output;

import org.jline.utils.WCWidth;

/** How many terminal columns a text takes (East Asian Width, UAX #11; ambiguous ones count one). */
final class DisplayWidth {
    private DisplayWidth() {}

    static int of(String text) {
        return text.codePoints()
                .map(point -> Math.max(0, WCWidth.wcwidth(point)))
                .sum();
    }

    static String padded(String text, int columns) {
        return text + " ".repeat(Math.max(0, columns - of(text)));
    }
}
