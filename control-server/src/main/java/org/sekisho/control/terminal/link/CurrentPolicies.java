package org.sekisho.control.terminal.link;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.sekisho.control.policy.PolicyStore;
import org.sekisho.control.store.Notifications;
import org.sekisho.control.store.Notifications.Topic;
import org.sekisho.v1.Segment;
import org.sekisho.v1.ServerMessage;

/**
 * Each segment's current policy, ready to be sent, and sent to every connected terminal of the segment as soon as any
 * replica publishes it. Thread-safe.
 */
@Singleton
class CurrentPolicies {
    private static final List<Segment> SEGMENTS = List.of(Segment.MY_NUMBER, Segment.LGWAN, Segment.INTERNET);

    private final Map<Segment, PushedPolicy> current = new ConcurrentHashMap<>(new EnumMap<>(Segment.class));
    private final PolicyStore policies;
    private final LiveStreams streams;
    private final Notifications notifications;

    @Inject
    CurrentPolicies(PolicyStore policies, LiveStreams streams, Notifications notifications) {
        this.policies = policies;
        this.streams = streams;
        this.notifications = notifications;
    }

    /** Before the terminals' port opens. */
    void start(@Observes @Priority(100) StartupEvent event) {
        notifications.listen(Topic.POLICY, new Notifications.Listener() {
            @Override
            public void told(String segment) {
                push(Segment.forNumber(Integer.parseInt(segment)));
            }

            @Override
            public void maybeMissed() {
                SEGMENTS.forEach(CurrentPolicies.this::push);
            }
        });
        SEGMENTS.forEach(this::push);
    }

    /** What the segment's terminals should run; empty: nothing has been published. */
    Optional<PushedPolicy> of(Segment segment) {
        return Optional.ofNullable(current.get(segment));
    }

    private void push(Segment segment) {
        policies.signed(segment).ifPresent(newest -> {
            PushedPolicy pushed = new PushedPolicy(
                    newest.revision(),
                    ServerMessage.newBuilder().setPolicy(newest.signed()).build());
            current.put(segment, pushed);
            for (TerminalStream stream : streams.all()) {
                if (stream.segment() == segment) {
                    stream.offer(pushed);
                }
            }
        });
    }
}
