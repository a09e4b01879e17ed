package org.sekisho.control.identity;

import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.sekisho.control.rest.LiveFeed.Item;
import org.sekisho.control.store.Notifications;
import org.sekisho.control.store.Notifications.Topic;

/** Opens live streams of changes, and sends on all of them once a second. Thread-safe. */
@Singleton
public class ChangeFeeds {
    private static final Logger LOG = Logger.getLogger(ChangeFeeds.class);

    private final Notifications notifications;
    private final StreamAdmission admission;
    private final List<ChangeFeed<?>> feeds = new CopyOnWriteArrayList<>();

    @Inject
    ChangeFeeds(Notifications notifications, StreamAdmission admission) {
        this.notifications = notifications;
        this.admission = admission;
    }

    /**
     * Before the server has started: a stream of what this topic tells of, whose messages are the things' numbers.
     *
     * @param name of the stream's events
     * @param read the things of these numbers, as they are now
     */
    public <T> ChangeFeed<T> open(
            Topic topic, String name, Function<List<Long>, List<Item<T>>> read, Function<T, String> terminalOf) {
        ChangeFeed<T> feed = new ChangeFeed<>(name, read, terminalOf, admission);
        feed.listen(notifications, topic);
        feeds.add(feed);
        return feed;
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void send() {
        each(ChangeFeed::send);
    }

    @Scheduled(every = "15s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void heartbeat() {
        each(ChangeFeed::heartbeat);
    }

    /** One that fails keeps none of the others from being served. */
    private void each(Consumer<ChangeFeed<?>> act) {
        for (ChangeFeed<?> feed : feeds) {
            try {
                act.accept(feed);
            } catch (RuntimeException e) {
                LOG.errorf(e, "The live stream of %s failed; it goes on with what comes next", feed.name());
            }
        }
    }
}
