package org.sekisho.control.alarm;

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

/** Alarms as they change on any replica. */
@Singleton
class AlarmFeed {
    private final ChangeFeed<AlarmView> changes;

    @Inject
    AlarmFeed(Alarms alarms, Notifications notifications, StreamAdmission admission) {
        changes = new ChangeFeed<>(
                "alarm",
                ids -> alarms.all(ids).stream()
                        .map(alarm -> new Item<>(alarm.id() + "." + alarm.version(), alarm))
                        .toList(),
                AlarmView::terminal,
                notifications,
                admission);
    }

    Multi<OutboundSseEvent> follow(Sse sse) {
        return changes.follow(sse);
    }

    void start(@Observes StartupEvent event) {
        changes.listen(Topic.ALARM);
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
