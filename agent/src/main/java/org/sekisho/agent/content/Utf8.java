package org.sekisho.agent.content;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Single characters of UTF-8 (RFC 3629), leniently: what is malformed is one character of one byte that is none. */
final class Utf8 {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    /** Longest encoding of a character. */
    static final int MAX_BYTES = 4;

    private Utf8() {}

    /** The character at {@code at}: code point × 8 + length in bytes; negative, with length 1, where there is none. */
    static int decode(byte[] bytes, int at, int end) {
        int lead = bytes[at];
        if (lead >= 0) {
            return lead << 3 | 1;
        }
        if (lead >= (byte) 0xE0 && lead < (byte) 0xF0 && at + 2 < end) {
            int second = bytes[at + 1];
            int third = bytes[at + 2];
            if (second < (byte) 0xC0 && third < (byte) 0xC0) {
                return ((lead & 0xF) << 12 | (second & 0x3F) << 6 | (third & 0x3F)) << 3 | 3;
            }
        } else if (lead >= (byte) 0xC2 && lead < (byte) 0xE0 && at + 1 < end) {
            int second = bytes[at + 1];
            if (second < (byte) 0xC0) {
                return ((lead & 0x1F) << 6 | (second & 0x3F)) << 3 | 2;
            }
        } else if (lead >= (byte) 0xF0 && lead < (byte) 0xF5 && at + 3 < end) {
            int second = bytes[at + 1];
            int third = bytes[at + 2];
            int fourth = bytes[at + 3];
            if (second < (byte) 0xC0 && third < (byte) 0xC0 && fourth < (byte) 0xC0) {
                return ((lead & 0x7) << 18 | (second & 0x3F) << 12 | (third & 0x3F) << 6 | (fourth & 0x3F)) << 3 | 4;
            }
        }
        return -8 | 1;
    }

    static int codePoint(int decoded) {
        return decoded >> 3;
    }

    static int length(int decoded) {
        return decoded & 7;
    }

    /** Where the character begins that the byte at {@code at} belongs to. */
    static int startOf(byte[] bytes, int at, int floor) {
        int start = at;
        while (start > floor && at - start < MAX_BYTES - 1 && bytes[start] < (byte) 0xC0) {
            start--;
        }
        return start;
    }

    /** The position {@code characters} before {@code at}, or {@code floor}. */
    static int back(byte[] bytes, int at, int characters, int floor) {
        int position = at;
        int left = characters;
        while (left >= Long.BYTES && position - Long.BYTES >= floor) {
            position -= Long.BYTES;
            left -= starts((long) LONG.get(bytes, position));
        }
        while (left > 0 && position > floor) {
            position--;
            if (bytes[position] >= (byte) 0xC0) {
                left--;
            }
        }
        return position;
    }

    /** The position {@code characters} after {@code at}, or {@code end}. */
    static int forward(byte[] bytes, int at, int characters, int end) {
        int position = at;
        int left = characters;
        while (left >= Long.BYTES && position + Long.BYTES <= end) {
            left -= starts((long) LONG.get(bytes, position));
            position += Long.BYTES;
        }
        while (left > 0 && position < end) {
            if (bytes[position] >= (byte) 0xC0) {
                left--;
            }
            position++;
        }
        return position;
    }

    /** How many of the eight bytes begin a character, that is, aren't 10xxxxxx. */
    private static int starts(long word) {
        return Long.BYTES - Long.bitCount(word & ~(word << 1) & HIGH_BITS);
    }
}
