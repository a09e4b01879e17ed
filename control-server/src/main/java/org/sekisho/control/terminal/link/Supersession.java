package org.sekisho.control.terminal.link;

import io.grpc.Status;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jdbi.v3.core.Jdbi;
import org.sekisho.control.store.Notifications;
import org.sekisho.control.store.Notifications.Topic;
import org.sekisho.control.terminal.Contacts;
import org.sekisho.control.terminal.TerminalStore;

/**
 * What other replicas, or operators on them, decide about this replica's streams: a revoked terminal is cut off, one
 * that connected elsewhere is ended here.
 */
@Singleton
class Supersession {
    static final Status REVOKED = Status.PERMISSION_DENIED.withDescription("this terminal has been revoked");
    static final Status REPLACED = Status.ABORTED.withDescription("another stream of this terminal has taken over");

    private final Jdbi jdbi;
    private final LiveStreams streams;
    private final TerminalStore terminals;
    private final Contacts contacts;
    private final Notifications notifications;

    @Inject
    Supersession(
            Jdbi jdbi, LiveStreams streams, TerminalStore terminals, Contacts contacts, Notifications notifications) {
        this.jdbi = jdbi;
        this.streams = streams;
        this.terminals = terminals;
        this.contacts = contacts;
        this.notifications = notifications;
    }

    void start(@Observes StartupEvent event) {
        notifications.listen(Topic.REVOKED, new Notifications.Listener() {
            @Override
            public void told(String terminal) {
                streams.end(terminal, REVOKED);
            }

            @Override
            public void maybeMissed() {
                terminals.revokedOf(streams.terminals()).forEach(terminal -> streams.end(terminal, REVOKED));
            }
        });
        notifications.listen(Topic.TERMINAL, new Notifications.Listener() {
            @Override
            public void told(String terminal) {
                TerminalStream stream = streams.of(terminal);
                if (stream != null) {
                    stream.refresh();
                }
            }

            @Override
            public void maybeMissed() {
                terminals.known(streams.terminals()).forEach((id, known) -> {
                    TerminalStream stream = streams.of(id);
                    if (stream != null && !stream.isFor(known)) {
                        stream.refresh();
                    }
                });
            }
        });
        notifications.listen(Topic.COMMAND, new Notifications.Listener() {
            @Override
            public void told(String terminal) {
                TerminalStream stream = streams.of(terminal);
                if (stream != null) {
                    stream.command();
                }
            }

            @Override
            public void maybeMissed() {
                streams.all().forEach(TerminalStream::command);
            }
        });
        notifications.listen(Topic.STREAM, new Notifications.Listener() {
            @Override
            public void told(String payload) {
                String[] parts = payload.split(" ", 2);
                if (parts.length == 2 && !parts[1].equals(contacts.replica().toString())) {
                    streams.end(parts[0], REPLACED);
                }
            }

            @Override
            public void maybeMissed() {
                // A stream that lives on here writes nothing that another has overtaken: its position is checked in
                // each commit.
            }
        });
    }

    /** This replica has the terminal's stream now. */
    void announce(String terminal) {
        jdbi.useHandle(handle -> Notifications.tell(handle, Topic.STREAM, terminal + " " + contacts.replica()));
    }
}
