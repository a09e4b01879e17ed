package org.sekisho.control.rest;

import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Sends items to everyone who follows a live stream (server-sent events). Each follower has room for so many items; one
 * that reads too slowly loses them and is told {@code lagged}, while whoever publishes never waits. Thread-safe.
 *
 * @param <T> what is sent, as JSON
 */
public final class LiveFeed<T> {
    /** An item and the number by which a reader that reconnects says where it was. */
    public record Item<T>(String id, T value) {}

    private final String name;
    private final int room;
    private final Set<Follower> followers = ConcurrentHashMap.newKeySet();
    private final Deque<Item<T>> recent = new ArrayDeque<>();

    /**
     * A feed whose events are named so.
     *
     * @param room items kept for each follower, and for those who reconnect
     */
    public LiveFeed(String name, int room) {
        this.name = name;
        this.room = room;
    }

    /** Whether publishing reaches anyone. */
    public boolean isFollowed() {
        return !followers.isEmpty();
    }

    /** Sends to all followers, in this order. */
    public void publish(List<Item<T>> items) {
        synchronized (recent) {
            recent.addAll(items);
            while (recent.size() > room) {
                recent.removeFirst();
            }
        }
        followers.forEach(follower -> follower.offer(items));
    }

    /** Tells all followers that something passed unseen. */
    public void lagged() {
        followers.forEach(Follower::lagged);
    }

    /** Keeps idle connections open through proxies, and ends the streams of those who may not read any more. */
    public void heartbeat() {
        followers.forEach(Follower::beatOrEnd);
    }

    /** Something about this owner has changed: their streams end now if they may not go on. */
    public void recheck(String owner) {
        followers.stream()
                .filter(follower -> follower.who.owner().equals(owner))
                .forEach(Follower::beatOrEnd);
    }

    /**
     * A stream of what is published from now on, or from behind {@code lastId} as far as that is still known; of all that,
     * what the reader may see.
     */
    public Multi<OutboundSseEvent> follow(Sse sse, @Nullable String lastId, FeedReader<T> who) {
        return follow(sse, lastId, who, item -> item);
    }

    /**
     * The same.
     *
     * @param form what of an item this reader gets
     */
    public Multi<OutboundSseEvent> follow(Sse sse, @Nullable String lastId, FeedReader<T> who, UnaryOperator<T> form) {
        return Multi.createFrom().publisher(subscriber -> {
            Follower follower = new Follower(sse, subscriber, who, form);
            synchronized (recent) {
                follower.enqueue(since(lastId));
                followers.add(follower);
            }
            subscriber.onSubscribe(follower);
            // Headers go out with the first bytes: the reader learns at once that it is connected.
            follower.beat();
        });
    }

    private List<Item<T>> since(@Nullable String lastId) {
        List<Item<T>> missed = new ArrayList<>();
        boolean found = false;
        for (Item<T> item : recent) {
            if (found) {
                missed.add(item);
            }
            found |= item.id().equals(lastId);
        }
        return missed;
    }

    /** One reader. Its lock is held only for moving items; sending happens outside of it, by one thread at a time. */
    private final class Follower implements Flow.Subscription {
        private final Sse sse;
        private final Flow.Subscriber<? super OutboundSseEvent> reader;
        private final FeedReader<T> who;
        private final UnaryOperator<T> form;
        private final Deque<Item<T>> queue = new ArrayDeque<>();
        private long wanted;
        private boolean sending;
        private boolean lagged;
        private boolean beat;
        private boolean ending;
        private boolean gone;

        Follower(Sse sse, Flow.Subscriber<? super OutboundSseEvent> reader, FeedReader<T> who, UnaryOperator<T> form) {
            this.sse = sse;
            this.reader = reader;
            this.who = who;
            this.form = form;
        }

        void enqueue(List<Item<T>> published) {
            List<Item<T>> seen =
                    published.stream().filter(item -> who.sees(item.value())).toList();
            take(seen);
        }

        private synchronized void take(List<Item<T>> items) {
            if (queue.size() + items.size() > room) {
                queue.clear();
                lagged = true;
            } else {
                queue.addAll(items);
            }
        }

        void offer(List<Item<T>> items) {
            enqueue(items);
            send();
        }

        void lagged() {
            synchronized (this) {
                lagged = true;
            }
            send();
        }

        void beatOrEnd() {
            if (who.stays()) {
                beat();
            } else {
                end();
            }
        }

        /** What is queued is no longer for them. */
        private void end() {
            followers.remove(this);
            synchronized (this) {
                ending = true;
                queue.clear();
            }
            send();
        }

        void beat() {
            synchronized (this) {
                beat = true;
            }
            send();
        }

        @Override
        public void request(long count) {
            synchronized (this) {
                wanted = wanted + count < 0 ? Long.MAX_VALUE : wanted + count;
            }
            send();
        }

        @Override
        public void cancel() {
            synchronized (this) {
                gone = true;
                queue.clear();
            }
            followers.remove(this);
        }

        private void send() {
            while (true) {
                Item<T> item;
                boolean tellLagged;
                synchronized (this) {
                    if (!sending && !gone && ending) {
                        gone = true;
                        break;
                    }
                    if (sending || gone || wanted == 0 || (queue.isEmpty() && !lagged && !beat)) {
                        return;
                    }
                    sending = true;
                    wanted--;
                    tellLagged = lagged;
                    lagged = false;
                    item = tellLagged ? null : queue.pollFirst();
                    beat = false;
                }
                try {
                    reader.onNext(tellLagged ? laggedEvent() : item == null ? comment() : event(item));
                } finally {
                    synchronized (this) {
                        sending = false;
                    }
                }
            }
            reader.onComplete();
        }

        private OutboundSseEvent event(Item<T> item) {
            return sse.newEventBuilder()
                    .id(item.id())
                    .name(name)
                    .mediaType(MediaType.APPLICATION_JSON_TYPE)
                    .data(form.apply(item.value()))
                    .build();
        }

        private OutboundSseEvent laggedEvent() {
            return sse.newEventBuilder().name("lagged").data("{}").build();
        }

        private OutboundSseEvent comment() {
            return sse.newEventBuilder().comment("still here").build();
        }
    }
}
