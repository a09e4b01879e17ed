package org.sekisho.agent.content;

/** What stands between two runs of digits, weakest first. */
enum Join {
    /** Nothing: the style of the digits changes. */
    ADJACENT,
    NUL,
    HYPHEN,
    DOT,
    MARK,
    SPACE,
    CELL,
    LINE,
    /** They don't belong together. */
    BREAK;

    /** May stand within one number anywhere, whatever its grouping. */
    boolean isSoft() {
        return compareTo(DOT) <= 0;
    }

    /** Makes a longer number of what it joins: 1-1234-5678-9012 is one thing, and 1, 1234 … need not be. */
    boolean binds() {
        return compareTo(MARK) <= 0;
    }
}
