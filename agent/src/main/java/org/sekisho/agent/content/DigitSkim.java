package org.sekisho.agent.content;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Skips over UTF-8 that has no digits, eight bytes at a time ("SIMD within a register", Hacker's Delight, chapter 6).
 *
 * <p>ASCII and full-width digits are all seen. Of other digits one position in eight bytes is looked at: four of them in a
 * row, at two or more bytes each, are always seen.
 */
final class DigitSkim {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH = 0x8080_8080_8080_8080L;
    private static final long LOW = 0x7F * ONES;
    private static final long ASCII_ZEROS = '0' * ONES;
    /** Added to a value up to 127, sets the high bit if that is above 9. */
    private static final long ABOVE_NINE = (0x7F - 9) * ONES;
    /** First byte of the full-width forms, U+F000 to U+FFFF. */
    private static final long FULL_WIDTH_LEADS = 0xEFEF_EFEF_EFEF_EFEFL;

    private DigitSkim() {}

    /** Position of the next digit's first byte at or after {@code from}, or {@code limit} or a little more. */
    static int next(byte[] bytes, int from, int limit, int fill) {
        int position = from;
        int wordsEnd = Math.min(limit, fill - Long.BYTES - Utf8.MAX_BYTES);
        while (position < wordsEnd) {
            long word = (long) LONG.get(bytes, position);
            long hits = digits(word) | equal(word, FULL_WIDTH_LEADS);
            while (hits != 0) {
                int at = position + (Long.numberOfTrailingZeros(hits) >>> 3);
                if (bytes[at] > 0 || isFullWidthDigit(bytes, at)) {
                    return at;
                }
                hits &= hits - 1;
            }
            if ((byte) word < 0) {
                int start = position < Utf8.MAX_BYTES ? Utf8.startOf(bytes, position, 0) : startNear(bytes, position);
                start -= start > from && isContinuation(bytes[start]) == 1 ? 1 : 0; // a character of four bytes
                // In malformed text the "beginning" may lie before what is asked for.
                if (start >= from && isOtherDigit(bytes, start, fill)) {
                    return start;
                }
            }
            position += Long.BYTES;
        }
        while (position < limit) {
            int decoded = Utf8.decode(bytes, position, fill);
            if (CharClass.isDigit(CharClass.of(Utf8.codePoint(decoded)))) {
                return position;
            }
            position++;
        }
        return position;
    }

    /** Where the character of up to three bytes begins that the byte above ASCII at {@code at} belongs to; without branches. */
    private static int startNear(byte[] bytes, int at) {
        return at - isContinuation(bytes[at]) * (1 + isContinuation(bytes[at - 1]));
    }

    /** 1 for 0x80 to 0xBF, which are the values below -64; 0 for others. */
    private static int isContinuation(byte b) {
        return (b + 0x40) >>> (Integer.SIZE - 1);
    }

    /** Whether a character above ASCII is a digit: at once where it has three bytes, as in Japanese. */
    private static boolean isOtherDigit(byte[] bytes, int start, int fill) {
        int lead = bytes[start] & 0xFF;
        if (lead >> 4 == 0xE) {
            int codePoint = (lead & 0xF) << 12 | (bytes[start + 1] & 0x3F) << 6 | (bytes[start + 2] & 0x3F);
            return CharClass.isDigit(CharClass.ofBasic(codePoint));
        }
        return CharClass.isDigit(CharClass.of(Utf8.codePoint(Utf8.decode(bytes, start, fill))));
    }

    private static boolean isFullWidthDigit(byte[] bytes, int at) {
        int third = bytes[at + 2];
        return bytes[at + 1] == (byte) 0xBC && third >= (byte) 0x90 && third <= (byte) 0x99;
    }

    /** High bits of the bytes that are ASCII digits. */
    private static long digits(long word) {
        long value = word ^ ASCII_ZEROS;
        return ~((value & LOW) + ABOVE_NINE | value) & HIGH;
    }

    /** High bits of the bytes that equal those of {@code pattern}. */
    private static long equal(long word, long pattern) {
        long difference = word ^ pattern;
        return ~((difference & LOW) + LOW | difference) & HIGH;
    }
}
