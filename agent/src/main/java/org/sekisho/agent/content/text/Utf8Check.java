package org.sekisho.agent.content.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Whether bytes are UTF-8 (RFC 3629). */
final class Utf8Check {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH = 0x8080_8080_8080_8080L;
    private static final long LOW = 0x7F * ONES;
    private static final long ESCAPES = Iso2022Jp.ESCAPE * ONES;

    private Utf8Check() {}

    /**
     * A quick check of a large block: as many continuation bytes as the leading bytes call for, and no escape. Text of the
     * Japanese encodings never passes by chance once it is longer than some characters; a block that passes has no stretch
     * of full-width digits in another encoding, for their bytes would be too many of one sort.
     */
    static boolean balances(byte[] bytes, int from, int to) {
        int balance = 0;
        int at = from;
        long escapes = 0;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            long word = (long) LONG.get(bytes, at);
            long difference = word ^ ESCAPES;
            escapes |= ~((difference & LOW) + LOW | difference) & HIGH;
            long top = word & HIGH;
            if (top == 0) {
                continue;
            }
            long lead2 = top & word << 1;
            long lead3 = lead2 & word << 2;
            long lead4 = lead3 & word << 3;
            balance += Long.bitCount(lead2) + Long.bitCount(lead3) + Long.bitCount(lead4) - Long.bitCount(top ^ lead2);
        }
        for (; at < to; at++) {
            int b = bytes[at] & 0xFF;
            if (b == Iso2022Jp.ESCAPE) {
                escapes = HIGH;
            }
            balance += b >= 0xF0 ? 3 : b >= 0xE0 ? 2 : b >= 0xC0 ? 1 : b >= 0x80 ? -1 : 0;
        }
        return balance == 0 && escapes == 0;
    }

    /** Whether no byte is above 0x7F, and none is an escape. */
    static boolean isAscii(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            if (bytes[at] < 0 || bytes[at] == Iso2022Jp.ESCAPE) {
                return false;
            }
        }
        return true;
    }

    /** Whether every byte belongs to a well-formed character. */
    static boolean isValid(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            int lead = bytes[at];
            if (lead >= 0) {
                at++;
                continue;
            }
            int length = length(lead & 0xFF);
            if (length == 0 || at + length > to) {
                return false;
            }
            for (int i = 1; i < length; i++) {
                if ((bytes[at + i] & 0xC0) != 0x80) {
                    return false;
                }
            }
            int second = bytes[at + 1] & 0xFF;
            if ((lead == (byte) 0xE0 && second < 0xA0)
                    || (lead == (byte) 0xED && second > 0x9F)
                    || (lead == (byte) 0xF0 && second < 0x90)
                    || (lead == (byte) 0xF4 && second > 0x8F)) {
                return false;
            }
            at += length;
        }
        return true;
    }

    /**
     * Whether more characters of three or four bytes are well-formed than bytes are not: Japanese in UTF-8 with some damage.
     * Well-formed pairs say nothing, since EUC-JP is full of them.
     */
    static boolean isMostlyValid(byte[] bytes, int from, int to) {
        int balance = 0;
        int at = from;
        while (at < to) {
            int length = bytes[at] >= 0 ? 1 : length(bytes[at] & 0xFF);
            if (length == 1) {
                at++;
            } else if (length > 0 && at + length <= to && isValid(bytes, at, at + length)) {
                balance += length > 2 ? 1 : 0;
                at += length;
            } else {
                balance--;
                at++;
            }
        }
        return balance > 0;
    }

    /** Where a character begins that is cut at {@code to}; {@code to} if none is. */
    static int wholeEnd(byte[] bytes, int from, int to) {
        for (int back = 1; back <= 3 && to - back >= from; back++) {
            int b = bytes[to - back] & 0xFF;
            if (b >= 0xC0) {
                return length(b) > back ? to - back : to;
            }
            if (b < 0x80) {
                return to;
            }
        }
        return to;
    }

    private static int length(int lead) {
        if (lead < 0xC2 || lead > 0xF4) {
            return 0;
        }
        return lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    }
}
