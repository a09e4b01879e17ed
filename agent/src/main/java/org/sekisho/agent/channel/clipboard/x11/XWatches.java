package org.sekisho.agent.channel.clipboard.x11;

import java.util.HashMap;
import java.util.Map;

/**
 * Other programs' windows that are watched while something goes on with them: for deleted properties, and for their end. A
 * window may be watched for several reasons at once. Used by the connection's thread.
 */
final class XWatches {
    private static final int PROPERTY_CHANGE = 1 << 22;
    private static final int STRUCTURE_NOTIFY = 1 << 17;

    private final XConnection x;
    private final Map<Integer, Integer> reasons = new HashMap<>();

    XWatches(XConnection x) {
        this.x = x;
    }

    void add(int window) {
        if (reasons.merge(window, 1, Integer::sum) == 1) {
            x.selectEvents(window, PROPERTY_CHANGE | STRUCTURE_NOTIFY);
        }
    }

    void remove(int window) {
        if (reasons.merge(window, -1, Integer::sum) == 0) {
            reasons.remove(window);
            x.selectEvents(window, 0);
        }
    }
}
