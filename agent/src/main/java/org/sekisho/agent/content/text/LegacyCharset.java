package org.sekisho.agent.content.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;

/** The two Japanese encodings of one and two bytes a character, by tables made from the JDK's decoders. */
final class LegacyCharset {
    /** Windows' code page 932: Shift_JIS (JIS X 0208 annex 1) with the NEC and IBM extensions. */
    static final LegacyCharset CP932 = new LegacyCharset("windows-31j", false);
    /** EUC-JP: JIS X 0208 with both high bits set, half-width kana behind 0x8E, JIS X 0212 behind 0x8F. */
    static final LegacyCharset EUC_JP = new LegacyCharset("EUC-JP", true);

    private static final int KANA_SHIFT = 0x8E;
    private static final int SUPPLEMENT_SHIFT = 0x8F;
    private static final char NONE = '\uFFFD';
    // How much a character speaks for the encoding that it was read by: kana and full-width forms most, kanji of
    // everyday use
    // (JIS level 1) less, rare kanji hardly; half-width kana little, since they are what EUC-JP looks like as CP932.
    private static final int KANA_WEIGHT = 12;
    private static final int EVERYDAY_KANJI_WEIGHT = 8;
    private static final int HALF_WIDTH_WEIGHT = 3;
    private static final int OTHER_WEIGHT = 2;

    private final boolean euc;
    private final char[] single = new char[0x100];
    private final char[] pairs = new char[0x10000];

    private LegacyCharset(String name, boolean euc) {
        this.euc = euc;
        CharsetDecoder decoder = Charset.forName(name).newDecoder();
        for (int lead = 0; lead < 0x100; lead++) {
            single[lead] = lead < 0x80 ? (char) lead : decode(decoder, lead);
            for (int trail = 0; trail < 0x100; trail++) {
                boolean possible =
                        lead >= 0x80 && trail >= 0x40 && !(euc && (lead == KANA_SHIFT || lead == SUPPLEMENT_SHIFT));
                pairs[lead << 8 | trail] = possible ? decode(decoder, lead, trail) : NONE;
            }
        }
        if (euc) {
            for (int trail = 0xA1; trail <= 0xDF; trail++) {
                pairs[KANA_SHIFT << 8 | trail] = (char) (0xFF61 + trail - 0xA1);
            }
        }
    }

    /**
     * Writes the bytes as UTF-8. What can't be read becomes U+FFFD a byte, so that no ASCII character is ever swallowed.
     *
     * @return how many bytes could not be read
     */
    int decode(byte[] bytes, int from, int to, Utf8Writer out) {
        return walk(bytes, from, to, out::put);
    }

    private interface Characters {
        void put(char c);
    }

    /** Gives the characters one by one, U+FFFD for what is none; returns how many bytes could not be read. */
    private int walk(byte[] bytes, int from, int to, Characters out) {
        int invalid = 0;
        int at = from;
        while (at < to) {
            int lead = bytes[at++] & 0xFF;
            char c = single[lead];
            if (c == NONE) {
                c = at < to ? pairs[lead << 8 | (bytes[at] & 0xFF)] : NONE;
                if (c != NONE) {
                    at++;
                } else if (isSupplement(lead, bytes, at, to)) {
                    at += 2;
                } else {
                    invalid++;
                }
            }
            out.put(c);
        }
        return invalid;
    }

    /**
     * Writes a block as UTF-8 if all of it can be read.
     *
     * @param out takes three bytes for each of the block
     * @return how many bytes were written; negative if something can't be read
     */
    int decodeClean(byte[] bytes, int length, byte[] out) {
        int fill = 0;
        for (int at = 0; at < length; at++) {
            int lead = bytes[at];
            if (lead >= 0) {
                if (lead == Iso2022Jp.ESCAPE) {
                    return -1;
                }
                out[fill++] = (byte) lead;
                continue;
            }
            char c = single[lead & 0xFF];
            if (c == NONE) {
                at++;
                c = at < length ? pairs[(lead & 0xFF) << 8 | (bytes[at] & 0xFF)] : NONE;
                if (c == NONE) {
                    return -1;
                }
            }
            if (c >= 0x800) {
                out[fill] = (byte) (0xE0 | c >> 12);
                out[fill + 1] = (byte) (0x80 | (c >> 6 & 0x3F));
                out[fill + 2] = (byte) (0x80 | (c & 0x3F));
                fill += 3;
            } else {
                out[fill] = (byte) (0xC0 | c >> 6);
                out[fill + 1] = (byte) (0x80 | (c & 0x3F));
                fill += 2;
            }
        }
        return fill;
    }

    /** The character of two bytes; U+FFFD if there is none. */
    char pair(int lead, int trail) {
        return pairs[lead << 8 | trail];
    }

    /** The character of one byte; U+FFFD if it is the first of a pair, or none. */
    char single(int value) {
        return single[value];
    }

    /** How well the bytes can be read by this encoding. */
    Reading read(byte[] bytes, int from, int to) {
        Weighing weighing = new Weighing();
        int invalid = walk(bytes, from, to, weighing);
        return new Reading(invalid, weighing.weight);
    }

    private static final class Weighing implements Characters {
        private long weight;

        @Override
        public void put(char c) {
            weight += c < 0x80 ? 0 : weight(c);
        }
    }

    private boolean isSupplement(int lead, byte[] bytes, int at, int to) {
        return euc
                && lead == SUPPLEMENT_SHIFT
                && at + 1 < to
                && (bytes[at] & 0xFF) >= 0xA1
                && (bytes[at + 1] & 0xFF) >= 0xA1;
    }

    private static int weight(char c) {
        if ((c >= '\u3000' && c <= '\u30FF') || (c >= '\uFF01' && c <= '\uFF5E')) {
            return KANA_WEIGHT;
        }
        if (c >= '\uFF61' && c <= '\uFF9F') {
            return HALF_WIDTH_WEIGHT;
        }
        if (c == NONE || (c >= '\uE000' && c <= '\uF8FF')) {
            return 0;
        }
        return isEveryday(c) ? EVERYDAY_KANJI_WEIGHT : OTHER_WEIGHT;
    }

    /** Level 1 of JIS X 0208 is rows 16 to 47. */
    private static boolean isEveryday(char c) {
        return c >= '\u4E00' && c <= '\u9FFF' && Level1.KANJI[c - 0x4E00];
    }

    private static char decode(CharsetDecoder decoder, int... bytes) {
        ByteBuffer in = ByteBuffer.allocate(bytes.length);
        for (int b : bytes) {
            in.put((byte) b);
        }
        CharBuffer decoded = CharBuffer.allocate(2);
        CoderResult result = decoder.reset().decode(in.flip(), decoded, true);
        // What JDK decoders pass through as C1 controls is no text.
        return result.isUnderflow() && decoded.position() == 1 && decoded.get(0) > '\u00A0' ? decoded.get(0) : NONE;
    }

    /** How bytes can be read: {@code invalid} bytes that can't be, and how much the rest looks like Japanese. */
    record Reading(int invalid, long weight) {
        static final Reading NOTHING = new Reading(0, 0);

        Reading plus(Reading other) {
            return new Reading(invalid + other.invalid, weight + other.weight);
        }

        boolean isBetterThan(Reading other) {
            return invalid != other.invalid ? invalid < other.invalid : weight > other.weight;
        }
    }

    private static final class Level1 {
        static final boolean[] KANJI = new boolean[0x9FFF - 0x4E00 + 1];

        static {
            for (int lead = 0xB0; lead <= 0xCF; lead++) {
                for (int trail = 0xA1; trail <= 0xFE; trail++) {
                    char c = EUC_JP.pair(lead, trail);
                    if (c != NONE) {
                        KANJI[c - 0x4E00] = true;
                    }
                }
            }
        }
    }
}
