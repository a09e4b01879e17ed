package org.sekisho.policy;

/** Whether a Java string is Unicode text: protobuf cannot carry half of a surrogate pair. */
final class WellFormedText {
    private WellFormedText() {}

    static boolean isUnicode(String text) {
        return text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}
