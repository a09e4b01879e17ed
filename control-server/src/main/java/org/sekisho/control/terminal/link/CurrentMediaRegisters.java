package org.sekisho.control.terminal.link;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.sekisho.control.media.MediaRegisters;
import org.sekisho.control.store.Notifications;
import org.sekisho.control.store.Notifications.Topic;
import org.sekisho.v1.DocumentKind;
import org.sekisho.v1.Segment;
import org.sekisho.v1.ServerMessage;

/**
 * Each segment's media register, ready to be sent, and sent to every connected terminal of the segment as soon as any replica
 * changes it. Thread-safe.
 */
@Singleton
class CurrentMediaRegisters {
    private static final List<Segment> SEGMENTS = List.of(Segment.MY_NUMBER, Segment.LGWAN, Segment.INTERNET);

    private final Map<Segment, PushedDocument> current = new ConcurrentHashMap<>();
    private final MediaRegisters registers;
    private final LiveStreams streams;
    private final Notifications notifications;

    @Inject
    CurrentMediaRegisters(MediaRegisters registers, LiveStreams streams, Notifications notifications) {
        this.registers = registers;
        this.streams = streams;
        this.notifications = notifications;
    }

    /** Before the terminals' port opens. */
    void start(@Observes @Priority(100) StartupEvent event) {
        notifications.listen(Topic.MEDIA, new Notifications.Listener() {
            @Override
            public void told(String segment) {
                push(Segment.forNumber(Integer.parseInt(segment)));
            }

            @Override
            public void maybeMissed() {
                SEGMENTS.forEach(CurrentMediaRegisters.this::push);
            }
        });
        registers.refresh();
        SEGMENTS.forEach(this::push);
    }

    /** The segment's newest one; empty: nothing was ever registered. */
    Optional<PushedDocument> of(Segment segment) {
        return Optional.ofNullable(current.get(segment));
    }

    private void push(Segment segment) {
        registers.newest(segment).ifPresent(newest -> {
            PushedDocument pushed = new PushedDocument(
                    DocumentKind.MEDIA_REGISTER,
                    newest.revision(),
                    ServerMessage.newBuilder().setMediaRegister(newest.signed()).build());
            current.put(segment, pushed);
            for (TerminalStream stream : streams.all()) {
                if (stream.segment() == segment) {
                    stream.offer(pushed);
                }
            }
        });
    }
}
