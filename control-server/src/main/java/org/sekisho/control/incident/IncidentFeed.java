package org.sekisho.control.incident;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import org.sekisho.control.identity.ChangeFeed;
import org.sekisho.control.identity.StreamAdmission;
import org.sekisho.control.rest.LiveFeed.Item;
import org.sekisho.control.store.Notifications;
import org.sekisho.control.store.Notifications.Topic;

/** Incidents as they change on any replica. One that changes often is sent at most once a second, as it then is. */
@Singleton
class IncidentFeed {
    private final ChangeFeed<IncidentView> changes;

    @Inject
    IncidentFeed(IncidentSearch search, Notifications notifications, StreamAdmission admission) {
        changes = new ChangeFeed<>(
                "incident",
                ids -> search.all(ids).stream()
                        .map(incident -> new Item<>(incident.id() + "." + incident.version(), incident))
                        .toList(),
                IncidentView::terminal,
                notifications,
                admission);
    }

    Multi<OutboundSseEvent> follow(Sse sse) {
        return changes.follow(sse);
    }

    void start(@Observes StartupEvent event) {
        changes.listen(Topic.INCIDENT);
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void send() {
        changes.send();
    }

    @Scheduled(every = "15s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void heartbeat() {
        changes.heartbeat();
    }
}
