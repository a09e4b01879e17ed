package org.sekisho.agent.content;

/** Masks numbers in short texts that a user can influence: window titles, file names, reasons. Stateless. */
public final class Masker {
    /** What stands where a number was; has no digit. */
    public static final String MASK = "[***]";

    private Masker() {}

    /**
     * The text with every detected number, and whatever else could be one, replaced by {@link #MASK}.
     *
     * @return a text in which no run of ten digits is left, in whatever script or grouping
     */
    public static String mask(String text) {
        throw new UnsupportedOperationException(text);
    }
}
