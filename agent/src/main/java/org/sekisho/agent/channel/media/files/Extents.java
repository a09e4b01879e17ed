package org.sekisho.agent.channel.media.files;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Which parts of a file have been written, as ranges that neither touch nor overlap. One thread at a time. */
final class Extents {
    private final NavigableMap<Long, Long> ends = new TreeMap<>();

    /** Adds a range. */
    void add(long from, long to) {
        long start = from;
        long end = to;
        Map.Entry<Long, Long> before = ends.floorEntry(from);
        if (before != null && before.getValue() >= from) {
            start = before.getKey();
            end = Math.max(end, before.getValue());
        }
        NavigableMap<Long, Long> swallowed = ends.subMap(start, true, end, true);
        for (long swallowedEnd : swallowed.values()) {
            end = Math.max(end, swallowedEnd);
        }
        swallowed.clear();
        ends.put(start, end);
    }

    /** Takes away everything from {@code size} on. */
    void cut(long size) {
        ends.tailMap(size, true).clear();
        Map.Entry<Long, Long> last = ends.lastEntry();
        if (last != null && last.getValue() > size) {
            ends.put(last.getKey(), size);
        }
    }

    /** The end of the range that {@code at} is in; {@code at} itself if it is in none. */
    long endAt(long at) {
        Map.Entry<Long, Long> range = ends.floorEntry(at);
        return range == null || range.getValue() <= at ? at : range.getValue();
    }

    /** Where the first range behind {@code at} begins; {@code Long.MAX_VALUE} if there is none. */
    long nextFrom(long at) {
        Long next = ends.higherKey(at);
        return next == null ? Long.MAX_VALUE : next;
    }

    /** How many bytes of a range have been written. */
    long written(long from, long to) {
        long written = 0;
        long at = from;
        while (at < to) {
            long end = Math.min(to, endAt(at));
            written += end - at;
            at = Math.min(to, end > at ? end : nextFrom(at));
        }
        return written;
    }

    int count() {
        return ends.size();
    }

    /** Ranges, first to last: start and end. */
    NavigableMap<Long, Long> ranges() {
        return ends;
    }
}
