package org.sekisho.agent.uplink;

import org.sekisho.v1.Credit;

/**
 * How much the server lets be under way. Credit is only ever added by the server and used up by sending; it never goes
 * below nothing. One thread.
 */
public final class CreditWindow {
    private long events;
    private long bytes;

    /** Adds what the server gives; its fields are unsigned. Holds at most {@link Long#MAX_VALUE} of each. */
    public void add(Credit credit) {
        events = plus(events, Integer.toUnsignedLong(credit.getEvents()));
        bytes = plus(bytes, Integer.toUnsignedLong(credit.getBytes()));
    }

    /** Events that may be sent now, at most {@code limit}. */
    public int events(int limit) {
        return (int) Math.min(limit, events);
    }

    /** Bytes that may be sent now, at most {@code limit}. */
    public int bytes(int limit) {
        return (int) Math.min(limit, bytes);
    }

    /**
     * Uses credit up.
     *
     * @return false, and nothing is used up, if there is not enough
     */
    public boolean use(int sentEvents, int sentBytes) {
        if (sentEvents < 0 || sentBytes < 0) {
            throw new IllegalArgumentException("%d events, %d bytes".formatted(sentEvents, sentBytes));
        }
        if (sentEvents > events || sentBytes > bytes) {
            return false;
        }
        events -= sentEvents;
        bytes -= sentBytes;
        return true;
    }

    private static long plus(long have, long more) {
        return have > Long.MAX_VALUE - more ? Long.MAX_VALUE : have + more;
    }
}
