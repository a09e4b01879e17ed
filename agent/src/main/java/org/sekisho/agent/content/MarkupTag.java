package org.sekisho.agent.content;

/** A tag of HTML or XML in text that is read as it stands. */
final class MarkupTag {
    /** Word writes some 200 bytes of style into a cell's tag. */
    private static final int MAX_BYTES = 512;
    /** With this many digits it could itself hold a number, and must not be skipped. */
    private static final int MAX_DIGITS = 10;

    private MarkupTag() {}

    /** Where the tag that opens at {@code at} ends; negative if there is no tag, or none that may be skipped. */
    static int end(byte[] bytes, int at, int fill) {
        int limit = Math.min(fill, at + MAX_BYTES);
        int digits = 0;
        for (int i = at + 1; i < limit; i++) {
            int character = bytes[i];
            if (i == at + 1 && !isTagStart(character)) {
                return -1;
            }
            if (character == '>') {
                return i + 1;
            }
            if (character == '<') {
                return -1;
            }
            // Digits of other scripts begin with a byte above ASCII: leave such a tag to the scanner.
            if ((character < 0 || (character >= '0' && character <= '9')) && ++digits >= MAX_DIGITS) {
                return -1;
            }
        }
        return -1;
    }

    private static boolean isTagStart(int character) {
        return character == '/'
                || character == '!'
                || (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z');
    }
}
