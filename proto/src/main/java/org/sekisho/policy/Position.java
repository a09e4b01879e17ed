package org.sekisho.policy;

/**
 * A place in a YAML text.
 *
 * @param line from 1; 0 when the place is not known
 * @param column in code points, from 1; 0 when the place is not known
 */
public record Position(int line, int column) {
    /** The place of something that did not come from a text. */
    public static final Position UNKNOWN = new Position(0, 0);
}
