package org.sekisho.agent.content.text;

import org.jspecify.annotations.Nullable;

/** Lines of ISO-2022-JP (RFC 1468), with the half-width kana that mail programs put into it. */
final class Iso2022Jp {
    static final int ESCAPE = 0x1B;
    /** So many digits in a row are digits: as kanji they would be rows of characters that stand together in no text. */
    private static final int DIGITS_NOT_KANJI = 10;

    private Iso2022Jp() {}

    /** Whether a line switches to two-byte characters or to kana. */
    static boolean isIn(byte[] bytes, int from, int to) {
        for (int at = from; at + 2 < to; at++) {
            if (bytes[at] == ESCAPE && (bytes[at + 1] == '$' || (bytes[at + 1] == '(' && bytes[at + 2] == 'I'))) {
                return true;
            }
        }
        return false;
    }

    /** Writes a line as UTF-8; it begins in ASCII, as RFC 1468 wants it to. */
    static void decode(byte[] bytes, int from, int to, Utf8Writer out) {
        Mode mode = Mode.ASCII;
        int at = from;
        while (at < to) {
            int b = bytes[at];
            if (b == ESCAPE && at + 2 < to) {
                Mode next = mode(bytes[at + 1], bytes[at + 2]);
                if (next != null) {
                    mode = next;
                    // ESC $ ( D, ESC $ B, ESC ( J
                    at += bytes[at + 1] == '$' && bytes[at + 2] == '(' ? 4 : 3;
                    continue;
                }
            }
            if (b < 0x21 || b > 0x7E || mode == Mode.ASCII) {
                out.put(b & 0xFF);
                at++;
                continue;
            }
            int digits = digits(bytes, at, to);
            if (digits >= DIGITS_NOT_KANJI) {
                for (int end = at + digits; at < end; at++) {
                    out.put(bytes[at]);
                }
            } else if (digits(bytes, at + 1, to) >= DIGITS_NOT_KANJI) {
                out.put(b);
                at++;
            } else if (mode == Mode.KANA) {
                out.put(b <= 0x5F ? 0xFF61 + b - 0x21 : 0xFFFD);
                at++;
            } else if (at + 1 < to && bytes[at + 1] >= 0x21) {
                out.put(LegacyCharset.EUC_JP.pair(b | 0x80, bytes[at + 1] | 0x80));
                at += 2;
            } else {
                out.put(b);
                at++;
            }
        }
    }

    private static int digits(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        return at - from;
    }

    private static @Nullable Mode mode(int first, int second) {
        return switch (first) {
            case '$' -> Mode.PAIRS;
            case '(' -> second == 'I' ? Mode.KANA : Mode.ASCII;
            default -> null;
        };
    }

    private enum Mode {
        ASCII,
        KANA,
        PAIRS
    }
}
