package org.sekisho.control.alarm;

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

/** Alarms as they change on any replica. */
@Startup
@Singleton
class AlarmFeed {
    private final ChangeFeed<AlarmView> changes;

    @Inject
    AlarmFeed(Alarms alarms, ChangeFeeds feeds) {
        changes = feeds.open(
                Topic.ALARM,
                "alarm",
                ids -> alarms.all(ids).stream()
                        .map(alarm -> new Item<>(alarm.id() + "." + alarm.version(), alarm))
                        .toList(),
                AlarmView::terminal);
    }

    Multi<OutboundSseEvent> follow(Sse sse) {
        return changes.follow(sse);
    }
}
