package org.sekisho.agent.content;

import java.util.Arrays;

/**
 * The part of a stream of UTF-8 that is in memory: enough behind the reading position to look back from, and enough before
 * it to look ahead. Positions are offsets in {@link #bytes}; {@link #base} makes them positions in the stream.
 */
final class TextWindow {
    /** What stays readable behind the reading position: the longest candidate, and 300 characters before it. */
    static final int HISTORY = 8 * 1024;

    /** What is kept unread until more comes: 300 characters of 4 bytes, a keyword at their end, a tag. */
    static final int LOOK_AHEAD = 2 * 1024;

    /** Small enough for a core's second-level cache, large enough for the copying of history not to show. */
    private static final int CAPACITY = 128 * 1024;

    final byte[] bytes = new byte[CAPACITY];
    /** How many bytes are there. */
    int fill;
    /** Position in the stream of the first byte. */
    long base;

    /** Takes what fits; returns how many bytes that was. */
    int append(byte[] source, int offset, int length) {
        int taken = Math.min(length, CAPACITY - fill);
        System.arraycopy(source, offset, bytes, fill, taken);
        fill += taken;
        return taken;
    }

    boolean isFull() {
        return fill == CAPACITY;
    }

    /** Makes room, keeping {@link #HISTORY} before {@code position}; returns where that is now. */
    int compact(int position) {
        int dropped = Math.max(0, position - HISTORY);
        System.arraycopy(bytes, dropped, bytes, 0, fill - dropped);
        fill -= dropped;
        base += dropped;
        return position - dropped;
    }

    void wipe() {
        Arrays.fill(bytes, (byte) 0);
        fill = 0;
    }
}
