package org.sekisho.control.terminal.link;

import io.grpc.Status;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The streams of this replica, at most one a terminal. Thread-safe. */
@Singleton
class LiveStreams {
    private final Map<String, TerminalStream> streams = new ConcurrentHashMap<>();

    /** Makes this the terminal's stream; answers the one that it replaces, which the caller must end. */
    @Nullable
    TerminalStream put(TerminalStream stream) {
        return streams.put(stream.terminal(), stream);
    }

    /** Whether it was still the terminal's stream. */
    boolean remove(TerminalStream stream) {
        return streams.remove(stream.terminal(), stream);
    }

    /** Ends the terminal's stream, if it has one here. */
    void end(String terminal, Status status) {
        TerminalStream stream = streams.get(terminal);
        if (stream != null) {
            stream.end(status);
        }
    }

    /** The terminal's stream, if it has one here. */
    @Nullable
    TerminalStream of(String terminal) {
        return streams.get(terminal);
    }

    /** All, at this moment. */
    Collection<TerminalStream> all() {
        return List.copyOf(streams.values());
    }

    /** Ids of the terminals. */
    Collection<String> terminals() {
        return List.copyOf(streams.keySet());
    }

    int count() {
        return streams.size();
    }
}
