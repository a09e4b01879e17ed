package org.sekisho.policy;

/** Makes texts that differ in case only the same, by the rule of {@link String#equalsIgnoreCase}, in no language. */
final class CaseFold {
    private CaseFold() {}

    static String fold(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c >= 'A' && c <= 'Z') || c > 0x7F) {
                return foldAll(text);
            }
        }
        return text;
    }

    private static String foldAll(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> Character.toLowerCase(Character.toUpperCase(c)))
                .forEach(folded::appendCodePoint);
        return folded.toString();
    }
}
