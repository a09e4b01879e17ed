package org.sekisho.control.rest;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where a list goes on: the sort key of the last item seen, opaque to clients. Not a secret, and checked like any other
 * input.
 */
public final class Cursor {
    /** Items a list answers at most. */
    public static final int MAX_LIMIT = 500;

    private static final int MAX_LENGTH = 1024;
    private static final String SEPARATOR = "\u001f";

    private Cursor() {}

    /** The cursor behind an item with this sort key. */
    public static String of(Object... key) {
        String text = Arrays.stream(key).map(String::valueOf).collect(Collectors.joining(SEPARATOR));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The sort key in a cursor.
     *
     * @throws ProblemException 400 if it isn't one of ours
     */
    public static List<String> read(String cursor, int parts) {
        try {
            if (cursor.length() <= MAX_LENGTH) {
                String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
                String[] found = Pattern.compile(SEPARATOR, Pattern.LITERAL).split(text, -1);
                if (found.length == parts) {
                    return List.of(found);
                }
            }
        } catch (IllegalArgumentException e) {
            // Not base64url: told below, like every other cursor that isn't ours.
        }
        throw ProblemException.badRequest("The cursor in `after` is not one that this server gave");
    }

    /** A number in a cursor. */
    public static long number(String part) {
        try {
            return Long.parseLong(part);
        } catch (NumberFormatException e) {
            throw new ProblemException(400, "bad-request", "The cursor in `after` is not one that this server gave");
        }
    }
}
