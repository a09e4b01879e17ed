package org.sekisho.control.event.ingest;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.sekisho.v1.Event;

/**
 * A feature that keeps something of its own beside the events that concern it. Called by several threads, in the transaction
 * that the events are written in: what it throws keeps the whole commit from happening, so it may not throw because of what
 * an event says.
 */
public interface EventTrace {
    /** Whether it wants to hear of the event. Cheap: asked of every event. */
    boolean concerns(Event event);

    /** The events of one commit that it wanted to hear of, in order; never none. */
    void written(Handle handle, List<Written> events);

    /** An event as it was written. */
    record Written(long id, Instant receivedAt, Event event) {}
}
