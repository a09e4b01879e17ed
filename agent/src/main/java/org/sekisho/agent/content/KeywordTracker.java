package org.sekisho.agent.content;

import java.util.Arrays;

/**
 * Knows which keywords stand near a place in the stream. It reads only around the places that are asked for, and no character
 * twice, because questions come in the order of the stream.
 */
final class KeywordTracker {
    /** "Within about 300 characters", as the detection rules have it. */
    static final int NEAR_CHARACTERS = 300;

    private final TextWindow window;
    /** Position in the stream behind the beginning of the last keyword of each label. */
    private final long[] last = new long[NumberLabel.values().length];

    private long readTo;

    KeywordTracker(TextWindow window) {
        this.window = window;
        Arrays.fill(last, Long.MIN_VALUE);
    }

    /** The labels with a keyword near the stretch from {@code start} to {@code end}, as a set of bits by {@link NumberLabel#bit()}. */
    int near(long start, long end) {
        int startAt = (int) Math.max(0, start - window.base);
        int endAt = (int) (end - window.base);
        long from = window.base + Utf8.back(window.bytes, startAt, NEAR_CHARACTERS, 0);
        int to = Utf8.forward(window.bytes, endAt, NEAR_CHARACTERS, window.fill);
        read((int) (Math.max(from, readTo) - window.base), to);
        int labels = 0;
        for (int label = 0; label < last.length; label++) {
            if (last[label] >= from) {
                labels |= 1 << label;
            }
        }
        return labels;
    }

    private void read(int from, int to) {
        byte[] bytes = window.bytes;
        int position = from;
        while (position < to) {
            int decoded = Utf8.decode(bytes, position, window.fill);
            if (decoded >= 0 && Keywords.begins(Utf8.codePoint(decoded))) {
                found(position, Utf8.codePoint(decoded));
            }
            position += Utf8.length(decoded);
        }
        readTo = Math.max(readTo, window.base + position);
    }

    private void found(int position, int codePoint) {
        int end = Math.min(window.fill, position + Keywords.MAX_BYTES);
        int labels = Keywords.match(window.bytes, position, end, codePoint);
        for (int label = 0; label < last.length && labels != 0; label++) {
            if ((labels & 1 << label) != 0) {
                last[label] = window.base + position;
            }
        }
    }
}
