package org.sekisho.control.organisation;

import java.text.Normalizer;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.rest.ProblemException;

/**
 * A division by its path from the top, such as {@code 総務部/税務課}. The tree is made of the paths that terminals carry;
 * the empty path is the whole organisation.
 */
public record OrgUnit(String path) {
    /** All divisions, and the terminals of none. */
    public static final OrgUnit WHOLE = new OrgUnit("");

    /** As deep as a prefecture's tree of bureaus, departments, divisions and sections goes, twice. */
    private static final int MAX_LEVELS = 8;

    private static final int MAX_LENGTH = 200;
    /** No control, format, private-use or unassigned characters; no blank at either end. */
    private static final Pattern LEVEL = Pattern.compile("(?!\\p{Z})[\\P{C}&&[^/:]]{1,64}(?<!\\p{Z})");

    /**
     * A division's path in its one normal form (NFC).
     *
     * @throws ProblemException 400 if it is none; the whole organisation isn't one either
     */
    public static OrgUnit parse(String text) {
        String path = Normalizer.normalize(text, Normalizer.Form.NFC);
        List<String> levels = List.of(path.split("/", -1));
        if (path.length() > MAX_LENGTH
                || levels.size() > MAX_LEVELS
                || !levels.stream().allMatch(level -> LEVEL.matcher(level).matches())) {
            throw ProblemException.badRequest("A division is a path such as 総務部/税務課: at most " + MAX_LEVELS
                    + " levels and " + MAX_LENGTH + " characters, without a colon and without blanks around a name");
        }
        return new OrgUnit(path);
    }

    /** The same, where nothing stands for nothing. */
    public static @Nullable OrgUnit parseOrNull(@Nullable String text) {
        return text == null ? null : parse(text);
    }

    /** Whether this is no division but all of them. */
    public boolean isWhole() {
        return path.isEmpty();
    }

    /** Whether the division lies in this branch, or is its top. What belongs to no division lies in no branch but the whole. */
    public boolean contains(@Nullable String unit) {
        return isWhole() || (unit != null && (unit.equals(path) || unit.startsWith(path + "/")));
    }
}
