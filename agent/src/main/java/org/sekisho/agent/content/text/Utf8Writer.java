package org.sekisho.agent.content.text;

import java.util.Arrays;

/** Collects characters and hands them on as UTF-8. */
final class Utf8Writer {
    private static final int CAPACITY = 16 * 1024;
    /** Room that one character may need. */
    private static final int RESERVE = 4;

    private final Utf8Sink sink;
    private final byte[] bytes = new byte[CAPACITY];
    private int fill;

    Utf8Writer(Utf8Sink sink) {
        this.sink = sink;
    }

    /** Takes a code point; a lone surrogate becomes U+FFFD. */
    void put(int codePoint) {
        if (fill > CAPACITY - RESERVE) {
            flush();
        }
        if (codePoint < 0x80) {
            bytes[fill++] = (byte) codePoint;
        } else if (codePoint < 0x800) {
            bytes[fill++] = (byte) (0xC0 | codePoint >> 6);
            bytes[fill++] = (byte) (0x80 | (codePoint & 0x3F));
        } else if (codePoint < 0x10000) {
            int c = codePoint >= 0xD800 && codePoint <= 0xDFFF ? 0xFFFD : codePoint;
            bytes[fill++] = (byte) (0xE0 | c >> 12);
            bytes[fill++] = (byte) (0x80 | (c >> 6 & 0x3F));
            bytes[fill++] = (byte) (0x80 | (c & 0x3F));
        } else {
            bytes[fill++] = (byte) (0xF0 | codePoint >> 18);
            bytes[fill++] = (byte) (0x80 | (codePoint >> 12 & 0x3F));
            bytes[fill++] = (byte) (0x80 | (codePoint >> 6 & 0x3F));
            bytes[fill++] = (byte) (0x80 | (codePoint & 0x3F));
        }
    }

    /** Takes one byte of UTF-8 as it is. */
    void raw(byte one) {
        if (fill == CAPACITY) {
            flush();
        }
        bytes[fill++] = one;
    }

    /** Hands on what is collected. */
    void flush() {
        if (fill > 0) {
            sink.accept(bytes, 0, fill);
            fill = 0;
        }
    }

    /** Hands on the rest, ends the sink, and forgets the text. */
    void end() {
        flush();
        sink.end();
        Arrays.fill(bytes, (byte) 0);
    }
}
