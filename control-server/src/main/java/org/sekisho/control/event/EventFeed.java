package org.sekisho.control.event;

import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Draft. */
@Singleton
class EventFeed {
    io.smallrye.mutiny.Multi<jakarta.ws.rs.sse.OutboundSseEvent> follow(
            @Nullable String last, jakarta.ws.rs.sse.Sse sse) {
        throw new UnsupportedOperationException("draft");
    }
}
