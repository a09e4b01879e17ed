package org.sekisho.control.event;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.identity.StreamAdmission;
import org.sekisho.control.rest.LiveFeed;
import org.sekisho.control.rest.LiveFeed.Item;

/**
 * Events as they are committed by this replica. Views are made on a thread of the feed's own, and only while somebody
 * follows; ingest never waits for it: what doesn't fit is dropped and followers are told that they lag.
 */
@Singleton
public class EventFeed {
    private static final Logger LOG = Logger.getLogger(EventFeed.class);
    /** Two minutes at ten events a second; a reader that is further behind should search instead. */
    private static final int ROOM = 1_000;
    /** Commits waiting to be shown. */
    private static final int COMMITS = 64;

    private final LiveFeed<EventView> feed = new LiveFeed<>("event", ROOM);
    private final BlockingQueue<List<StoredEvent>> commits = new ArrayBlockingQueue<>(COMMITS);
    private final StreamAdmission admission;
    private final ChainReader chains;
    private volatile @Nullable Thread thread;

    @Inject
    EventFeed(StreamAdmission admission, ChainReader chains) {
        this.chains = chains;
        this.admission = admission;
    }

    void start(@Observes StartupEvent event) {
        admission.watch(feed);
        thread = Thread.ofPlatform().daemon().name("sekisho-event-feed").start(this::run);
    }

    void stop(@Observes ShutdownEvent event) {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }

    Multi<OutboundSseEvent> follow(@Nullable String lastEventId, boolean detail, Sse sse) {
        return feed.follow(
                sse, lastEventId, admission.reader(EventView::terminal), detail ? event -> event : EventView::brief);
    }

    /** Whether anyone looks: if not, ingest needn't gather what to show. */
    public boolean isFollowed() {
        return feed.isFollowed();
    }

    /** After a commit. Never waits. */
    public void committed(List<StoredEvent> events) {
        if (!commits.offer(events)) {
            feed.lagged();
        }
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                show(commits.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void show(List<StoredEvent> events) {
        try {
            ChainStates states = chains.of(events);
            feed.publish(events.stream()
                    .map(event -> new Item<>(String.valueOf(event.id()), EventViews.of(event, states.at(event))))
                    .toList());
        } catch (RuntimeException e) {
            LOG.error("Events could not be shown live; they are stored", e);
            feed.lagged();
        }
    }

    @Scheduled(every = "15s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void heartbeat() {
        feed.heartbeat();
    }
}
