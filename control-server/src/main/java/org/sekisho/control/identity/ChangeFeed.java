package org.sekisho.control.identity;

import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.sekisho.control.rest.Cursor;
import org.sekisho.control.rest.LiveFeed;
import org.sekisho.control.rest.LiveFeed.Item;
import org.sekisho.control.store.Notifications;
import org.sekisho.control.store.Notifications.Topic;

/**
 * A live stream of things that each have a number and concern one terminal, as they change on any replica. One that changes
 * often is sent once each time that {@link #send} is called, as it then is. Thread-safe.
 *
 * @param <T> such a thing
 */
public final class ChangeFeed<T> {
    /** More than a screen shows. */
    private static final int ROOM = 1_000;

    private final LiveFeed<T> feed;
    private final Set<Long> changed = new LinkedHashSet<>();
    private final Function<List<Long>, List<Item<T>>> read;
    private final Function<T, String> terminalOf;
    private final String name;
    private final StreamAdmission admission;

    /** As {@link ChangeFeeds#open} describes. */
    ChangeFeed(
            String name,
            Function<List<Long>, List<Item<T>>> read,
            Function<T, String> terminalOf,
            StreamAdmission admission) {
        this.name = name;
        this.feed = new LiveFeed<>(name, ROOM);
        this.read = read;
        this.terminalOf = terminalOf;
        this.admission = admission;
    }

    String name() {
        return name;
    }

    /** What the operator of this request may see, from now on. */
    public Multi<OutboundSseEvent> follow(Sse sse) {
        return feed.follow(sse, null, admission.reader(terminalOf));
    }

    /** Before the server has started: hears of changes by this topic, whose messages are the things' numbers. */
    void listen(Notifications notifications, Topic topic) {
        admission.watch(feed);
        notifications.listen(topic, new Notifications.Listener() {
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

    /** Sends what has changed since the last time. */
    void send() {
        List<Long> ids;
        synchronized (changed) {
            ids = List.copyOf(changed);
            changed.clear();
        }
        if (!ids.isEmpty() && feed.isFollowed()) {
            feed.publish(read.apply(ids));
        }
    }

    /** As {@link LiveFeed#heartbeat}. */
    void heartbeat() {
        feed.heartbeat();
    }
}
