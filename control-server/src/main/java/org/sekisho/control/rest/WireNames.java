package org.sekisho.control.rest;

import org.sekisho.v1.Channel;
import org.sekisho.v1.Segment;
import org.sekisho.v1.Severity;
import org.sekisho.v1.Verdict;

/** The wire's enumerations in the REST interface: their names, as the contract writes them. */
public final class WireNames {
    private WireNames() {}

    /** Name of the segment with this number. */
    public static String segment(int number) {
        return name(Segment.forNumber(number), number);
    }

    /** Name of the channel with this number. */
    public static String channel(int number) {
        return name(Channel.forNumber(number), number);
    }

    /** Name of the verdict with this number. */
    public static String verdict(int number) {
        return name(Verdict.forNumber(number), number);
    }

    /** Name of the severity with this number; unset means LOW. */
    public static String severity(int number) {
        return name(number == 0 ? Severity.LOW : Severity.forNumber(number), number);
    }

    /**
     * The constant of that name.
     *
     * @throws ProblemException 400 if there is none
     */
    public static <E extends Enum<E>> E parse(Class<E> type, String name) {
        try {
            return Enum.valueOf(type, name);
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest(
                    "There is no " + type.getSimpleName().toLowerCase(java.util.Locale.ROOT) + " named so");
        }
    }

    /** A newer terminal may send what this version has no name for. */
    private static String name(@org.jspecify.annotations.Nullable Enum<?> known, int number) {
        return known == null ? "UNKNOWN_" + number : known.name();
    }
}
