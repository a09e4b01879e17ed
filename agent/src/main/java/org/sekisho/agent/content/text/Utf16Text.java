package org.sekisho.agent.content.text;

/** UTF-16 (RFC 2781) of a known byte order; byte order marks pass as the invisible characters that they are. */
public final class Utf16Text implements ByteSink {
    private final Utf8Writer out;
    private final boolean bigEndian;
    /** First byte of a unit that was cut; -1 if none was. */
    private int half = -1;
    /** High surrogate that waits for its other half; 0 if none does. */
    private char high;

    private Utf16Text(Utf8Sink sink, boolean bigEndian) {
        this.out = new Utf8Writer(sink);
        this.bigEndian = bigEndian;
    }

    /** Low byte first, as on Windows. */
    public static Utf16Text littleEndian(Utf8Sink sink) {
        return new Utf16Text(sink, false);
    }

    /** High byte first. */
    public static Utf16Text bigEndian(Utf8Sink sink) {
        return new Utf16Text(sink, true);
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
        int at = offset;
        int end = offset + length;
        if (half >= 0 && at < end) {
            unit(half, bytes[at++] & 0xFF);
            half = -1;
        }
        for (; at + 1 < end; at += 2) {
            unit(bytes[at] & 0xFF, bytes[at + 1] & 0xFF);
        }
        if (at < end) {
            half = bytes[at] & 0xFF;
        }
    }

    @Override
    public void end() {
        if (high != 0) {
            out.put(high);
        }
        if (half >= 0) {
            out.put(half);
        }
        out.end();
    }

    private void unit(int first, int second) {
        char unit = (char) (bigEndian ? first << 8 | second : second << 8 | first);
        if (high != 0) {
            if (Character.isLowSurrogate(unit)) {
                out.put(Character.toCodePoint(high, unit));
                high = 0;
                return;
            }
            out.put(high);
            high = 0;
        }
        if (Character.isHighSurrogate(unit)) {
            high = unit;
        } else {
            out.put(unit);
        }
    }
}
