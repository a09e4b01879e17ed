package org.sekisho.cli.policy;

import java.util.Locale;

/** A segment as operators type it: {@code my-number} is the server's {@code MY_NUMBER}. */
final class SegmentName {
    private SegmentName() {}

    static String ofTyped(String typed) {
        return typed.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
