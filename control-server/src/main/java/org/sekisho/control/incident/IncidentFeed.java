package org.sekisho.control.incident;

import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import org.sekisho.control.identity.ChangeFeed;
import org.sekisho.control.identity.ChangeFeeds;
import org.sekisho.control.rest.LiveFeed.Item;
import org.sekisho.control.store.Notifications.Topic;

/** Incidents as they change on any replica. One that changes often is sent at most once a second, as it then is. */
@Startup
@Singleton
class IncidentFeed {
    private final ChangeFeed<IncidentView> changes;

    @Inject
    IncidentFeed(IncidentSearch search, ChangeFeeds feeds) {
        changes = feeds.open(
                Topic.INCIDENT,
                "incident",
                ids -> search.all(ids).stream()
                        .map(incident -> new Item<>(incident.id() + "." + incident.version(), incident))
                        .toList(),
                IncidentView::terminal);
    }

    Multi<OutboundSseEvent> follow(Sse sse) {
        return changes.follow(sse);
    }
}
