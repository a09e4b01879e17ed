package org.sekisho.control.event;

import jakarta.inject.Singleton;

/** Draft. */
@Singleton
public class EventSearch {
    EventsResource.EventPage page(EventQuery query) {
        throw new UnsupportedOperationException("draft");
    }

    public java.util.List<EventView> ofIncident(long id, int limit) {
        throw new UnsupportedOperationException("draft");
    }

    java.util.Optional<EventView> find(String terminal, long seq) {
        throw new UnsupportedOperationException("draft");
    }
}
