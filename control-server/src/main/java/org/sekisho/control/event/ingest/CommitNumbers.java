package org.sekisho.control.event.ingest;

import org.jdbi.v3.core.Handle;

/**
 * Numbers for events in the order of arrival: a commit's number from the database, and a place in the commit. Not
 * thread-safe.
 */
final class CommitNumbers {
    private static final int PLACE_BITS = 16;

    private CommitNumbers() {}

    /** Events that one commit can number. */
    static final int MAX_EVENTS = 1 << PLACE_BITS;

    /** Number of the next commit's first event. */
    static long next(Handle handle) {
        return handle.createQuery("SELECT nextval('event_commit')")
                        .mapTo(Long.class)
                        .one()
                << PLACE_BITS;
    }
}
