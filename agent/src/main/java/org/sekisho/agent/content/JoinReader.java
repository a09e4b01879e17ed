package org.sekisho.agent.content;

/** Takes the characters between two runs of digits, and says what they amount to. */
final class JoinReader {
    /** Cells are padded and lines indented, but not without end. */
    private static final int MAX_SPACES = 64;
    /** Such as {@code ", "} with a line break. */
    private static final int MAX_MARKS = 8;

    private int seen;
    private int spaces;
    private int marks;
    private boolean fullStopOnly;

    void reset() {
        seen = 0;
        spaces = 0;
        marks = 0;
        fullStopOnly = false;
    }

    /** Takes a separator; false if the digits around it can no longer belong together. */
    boolean take(byte separator) {
        fullStopOnly = seen == 0 && separator == CharClass.DOT;
        seen |= 1 << (separator - CharClass.NUL);
        if (separator == CharClass.SPACE || separator == CharClass.LINE || separator == CharClass.NUL) {
            return ++spaces <= MAX_SPACES;
        }
        return ++marks <= MAX_MARKS;
    }

    /** A single dot, as in a decimal fraction. */
    boolean isFullStop() {
        return fullStopOnly && marks == 1;
    }

    /** A hyphen at a line's end is a hyphen; a quotation mark at a line's end is a line's end. */
    Join kind() {
        if (has(CharClass.HYPHEN)) {
            return Join.HYPHEN;
        }
        if (has(CharClass.DOT)) {
            return Join.DOT;
        }
        if (has(CharClass.MARK)) {
            return Join.MARK;
        }
        if (has(CharClass.LINE)) {
            return Join.LINE;
        }
        if (has(CharClass.CELL)) {
            return Join.CELL;
        }
        if (has(CharClass.SPACE)) {
            return Join.SPACE;
        }
        return has(CharClass.NUL) ? Join.NUL : Join.ADJACENT;
    }

    private boolean has(byte separator) {
        return (seen & 1 << (separator - CharClass.NUL)) != 0;
    }
}
