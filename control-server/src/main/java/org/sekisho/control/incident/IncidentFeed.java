package org.sekisho.control.incident;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.sekisho.control.identity.StreamAdmission;
import org.sekisho.control.rest.Cursor;
import org.sekisho.control.rest.LiveFeed;
import org.sekisho.control.rest.LiveFeed.Item;
import org.sekisho.control.store.Notifications;
import org.sekisho.control.store.Notifications.Topic;

/** Incidents as they change on any replica. One that changes often is sent at most once a second, as it then is. */
@Singleton
class IncidentFeed {
    /** More than a responder's screen shows. */
    private static final int ROOM = 1_000;

    private final LiveFeed<IncidentView> feed = new LiveFeed<>("incident", ROOM);
    private final Set<Long> changed = new LinkedHashSet<>();
    private final IncidentSearch search;
    private final Notifications notifications;
    private final StreamAdmission admission;

    @Inject
    IncidentFeed(IncidentSearch search, Notifications notifications, StreamAdmission admission) {
        this.admission = admission;
        this.search = search;
        this.notifications = notifications;
    }

    Multi<OutboundSseEvent> follow(Sse sse) {
        return feed.follow(sse, null, admission.reader(IncidentView::terminal));
    }

    void start(@Observes StartupEvent event) {
        admission.watch(feed);
        notifications.listen(Topic.INCIDENT, new Notifications.Listener() {
            @Override
            public void told(String payload) {
                remember(Long.parseLong(payload));
            }

            @Override
            public void maybeMissed() {
                feed.lagged();
            }
        });
    }

    private void remember(long id) {
        synchronized (changed) {
            changed.add(id);
            if (changed.size() > Cursor.MAX_LIMIT) {
                changed.clear();
                feed.lagged();
            }
        }
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void send() {
        List<Long> ids;
        synchronized (changed) {
            ids = List.copyOf(changed);
            changed.clear();
        }
        if (!ids.isEmpty() && feed.isFollowed()) {
            feed.publish(search.all(ids).stream()
                    .map(incident -> new Item<>(incident.id() + "." + incident.version(), incident))
                    .toList());
        }
    }

    @Scheduled(every = "15s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void heartbeat() {
        feed.heartbeat();
    }
}
