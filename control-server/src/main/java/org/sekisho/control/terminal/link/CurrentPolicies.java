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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.policy.PolicyStore;
import org.sekisho.control.store.Notifications;
import org.sekisho.control.store.Notifications.Topic;
import org.sekisho.v1.DocumentKind;
import org.sekisho.v1.Segment;
import org.sekisho.v1.ServerMessage;

/**
 * What each segment's terminals should run, ready to be sent, and sent to those that are connected as soon as any replica
 * publishes it or takes a pilot further. Thread-safe.
 */
@Singleton
class CurrentPolicies {
    private static final List<Segment> SEGMENTS = List.of(Segment.MY_NUMBER, Segment.LGWAN, Segment.INTERNET);

    private final Map<Segment, Prepared> current = new ConcurrentHashMap<>(new EnumMap<>(Segment.class));
    private final PolicyStore policies;
    private final LiveStreams streams;
    private final Notifications notifications;

    /**
     * A segment's revisions as they are sent.
     *
     * @param pilots for the pilot group; null: no pilot is under way
     */
    private record Prepared(
            @Nullable PushedDocument everybodys, @Nullable PushedDocument pilots) {}

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

    /** What this terminal should run; empty: nothing has been published for it. */
    Optional<PushedDocument> of(Segment segment, String terminal) {
        Prepared prepared = current.get(segment);
        if (prepared == null) {
            return Optional.empty();
        }
        PushedDocument pilots = prepared.pilots;
        return pilots != null && policies.isPilot(segment, pilots.revision(), terminal)
                ? Optional.of(pilots)
                : Optional.ofNullable(prepared.everybodys);
    }

    private void push(Segment segment) {
        PolicyStore.Meant meant = policies.meant(segment);
        Prepared prepared = new Prepared(prepared(meant.everybodys()), prepared(meant.pilots()));
        current.put(segment, prepared);
        PushedDocument pilots = prepared.pilots;
        Set<String> group = pilots == null ? Set.of() : policies.pilotGroup(segment, pilots.revision());
        for (TerminalStream stream : streams.all()) {
            if (stream.segment() == segment) {
                PushedDocument theirs = group.contains(stream.terminal()) ? pilots : prepared.everybodys;
                if (theirs != null) {
                    stream.offerPolicy(theirs);
                }
            }
        }
    }

    private static @Nullable PushedDocument prepared(PolicyStore.@Nullable SignedRevision revision) {
        return revision == null
                ? null
                : new PushedDocument(
                        DocumentKind.DOCUMENT_KIND_UNSPECIFIED,
                        revision.revision(),
                        ServerMessage.newBuilder().setPolicy(revision.signed()).build());
    }
}
