package org.sekisho.control.event;

import org.jdbi.v3.core.Handle;

/**
 * Up to which number everything that will ever arrive has arrived. Numbers are drawn before a commit, so that a lower one may
 * become visible after a higher one; to read by number alone would miss it.
 *
 * <p>Each ingest transaction has its transaction id before it draws its number (it locks its terminals' heads first). So once
 * all transactions that had an id when a number was looked at have ended, nothing up to that number can come any more. One
 * thread at a time.
 */
public final class ArrivalMark {
    /** As in {@code CommitNumbers}: a commit's number is above the place in it. */
    private static final int PLACE_BITS = 16;

    private long settled;
    private long looked;
    private long horizon;

    /** Looks again; the number never falls. */
    public long settled(Handle handle) {
        if (horizon > 0 && oldestRunning(handle) >= horizon) {
            settled = looked;
            horizon = 0;
        }
        if (horizon == 0) {
            looked = drawn(handle);
            horizon = looked > settled ? nextTransaction(handle) : 0;
            if (horizon > 0 && oldestRunning(handle) >= horizon) {
                settled = looked;
                horizon = 0;
            }
        }
        return settled;
    }

    /** The highest number of any event so far. */
    public static long drawn(Handle handle) {
        return handle.createQuery("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM event_commit")
                                .mapTo(Long.class)
                                .one()
                        << PLACE_BITS
                | (1L << PLACE_BITS) - 1;
    }

    private static long oldestRunning(Handle handle) {
        return number(handle, "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint");
    }

    private static long nextTransaction(Handle handle) {
        return number(handle, "SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint");
    }

    private static long number(Handle handle, String query) {
        return handle.createQuery(query).mapTo(Long.class).one();
    }
}
