package org.sekisho.control.event.shape;

import static java.util.Objects.checkIndex;

/**
 * What a shape is searched for besides text, as terms beside those of the text: their upper half is a control character, which no
 * text has. A rule's and a label's term is only a hash and must be looked at again.
 */
public enum Facet {
    KIND(1),
    CHANNEL(2),
    VERDICT(3),
    SEVERITY(4),
    RULE(5),
    LABEL(6);

    private static final int VALUES = 1 << Character.SIZE;

    /** Kept in the index: never changes its meaning. */
    private final int code;

    Facet(int code) {
        this.code = code;
    }

    /** The term of an enumeration's number; a newer terminal's may be anything, so that all beyond the range are one. */
    public int term(int number) {
        return withValue(number < 0 || number >= VALUES ? VALUES - 1 : number);
    }

    /** The term of a name. */
    public int term(String name) {
        return withValue(name.hashCode() & (VALUES - 1));
    }

    private int withValue(int value) {
        return code << Character.SIZE | checkIndex(value, VALUES);
    }
}
