package org.sekisho.control.terminal.link;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.sekisho.control.permit.PermitBooks;
import org.sekisho.control.store.Notifications;
import org.sekisho.control.store.Notifications.Topic;
import org.sekisho.v1.DocumentKind;
import org.sekisho.v1.ServerMessage;

/** Each terminal's permits, sent to it as soon as any replica changes them. Thread-safe. */
@Singleton
class CurrentPermits {
    private final PermitBooks books;
    private final LiveStreams streams;
    private final Notifications notifications;

    @Inject
    CurrentPermits(PermitBooks books, LiveStreams streams, Notifications notifications) {
        this.books = books;
        this.streams = streams;
        this.notifications = notifications;
    }

    /** Before the terminals' port opens. */
    void start(@Observes @Priority(100) StartupEvent event) {
        notifications.listen(Topic.PERMIT, new Notifications.Listener() {
            @Override
            public void told(String terminal) {
                TerminalStream stream = streams.of(terminal);
                if (stream != null) {
                    push(stream);
                }
            }

            @Override
            public void maybeMissed() {
                streams.all().forEach(CurrentPermits.this::push);
            }
        });
    }

    /** The terminal's newest book; empty: it has none. */
    Optional<PushedDocument> of(String terminal) {
        return books.newest(terminal)
                .map(newest -> new PushedDocument(
                        DocumentKind.PERMIT_BOOK,
                        newest.revision(),
                        ServerMessage.newBuilder().setPermits(newest.signed()).build()));
    }

    private void push(TerminalStream stream) {
        of(stream.terminal()).ifPresent(stream::offer);
    }
}
