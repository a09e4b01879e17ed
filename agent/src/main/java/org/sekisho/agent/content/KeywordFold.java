package org.sekisho.agent.content;

import java.text.Normalizer;

/**
 * Makes alike what people write alike in a keyword: case, full and half width, katakana and hiragana, voiced marks. What
 * merely stands between letters (spaces, hyphens and prolonged sounds, line breaks, invisible characters) folds to 0.
 */
final class KeywordFold {
    /** Stands between letters. */
    static final char NOTHING = 0;

    private static final char[] TABLE = table();

    private KeywordFold() {}

    static char of(int codePoint) {
        return codePoint >= 0 && codePoint < 0x10000 ? TABLE[codePoint] : '\uFFFF';
    }

    private static char[] table() {
        char[] table = new char[0x10000];
        for (int c = 0; c < table.length; c++) {
            byte charClass = CharClass.of(c);
            boolean between = charClass > CharClass.OTHER && charClass != CharClass.TAG_OPEN;
            table[c] = between ? NOTHING : (char) c;
        }
        // Only where folding changes something that a keyword may contain; the normalizer is too slow for all of
        // Unicode.
        fold(table, 'A', 'z');
        fold(table, 0x3041, 0x30FF);
        fold(table, 0xFF00, 0xFFEF);
        fold(table, 0xF900, 0xFAFF);
        fold(table, 0x2E80, 0x2FDF);
        return table;
    }

    private static void fold(char[] table, int first, int last) {
        for (int c = first; c <= last; c++) {
            if (table[c] == NOTHING) {
                continue;
            }
            char base = Character.toLowerCase(Normalizer.normalize(String.valueOf((char) c), Normalizer.Form.NFKD)
                    .charAt(0));
            if (base == '\u3099' || base == '\u309A') {
                table[c] = NOTHING;
            } else if (base >= '\u3041' && base <= '\u3096') {
                table[c] = (char) (base + 0x60); // hiragana to katakana
            } else {
                table[c] = base;
            }
        }
    }
}
