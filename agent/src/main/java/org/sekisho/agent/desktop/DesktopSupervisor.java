package org.sekisho.agent.desktop;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.sekisho.agent.channel.DesktopSession;
import org.sekisho.agent.schedule.EventLoop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees that every desktop session of the terminal has a living helper. A helper that dies or falls silent is replaced, and
 * the gap becomes an event; a session whose helper can't be kept alive is reported until it can. All state is the loop's;
 * public methods may be called on any thread.
 */
public final class DesktopSupervisor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DesktopSupervisor.class);
    /** A new session is guarded within this time where the OS doesn't tell of it. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final SupervisorParts parts;
    private final EventLoop loop;
    private final Map<String, SessionWatch> watches = new HashMap<>();
    private boolean closed;
    private String lastFailure = "";
    private volatile List<String> unguarded = List.of();
    private volatile List<String> sessions = List.of();

    /** A supervisor that does nothing until {@link #start}. */
    public DesktopSupervisor(SupervisorParts parts) {
        this.parts = parts;
        this.loop = parts.loop();
    }

    /** Begins. Once. */
    public void start() {
        parts.sessions().onChange(this::look);
        loop.execute(this::tick);
    }

    /** A helper has proven who it is and guards {@code session}. */
    public void admitted(String session) {
        loop.execute(() -> {
            Optional.ofNullable(watches.get(session)).ifPresent(SessionWatch::admitted);
            publish();
        });
    }

    /** Sessions that are not guarded, each with the reason; empty if all are well. */
    public List<String> unguarded() {
        return unguarded;
    }

    /** Ids of the sessions that there are now. */
    public List<String> sessions() {
        return sessions;
    }

    /** Ends all helpers. */
    @Override
    public void close() {
        loop.execute(() -> {
            closed = true;
            watches.values().forEach(SessionWatch::stop);
            watches.clear();
        });
        loop.close();
        parts.sessions().close();
    }

    private void tick() {
        if (!closed) {
            lookNow();
            watches.values().forEach(SessionWatch::look);
            publish();
            loop.after(LOOK_EVERY, this::tick);
        }
    }

    /** Looks for new and gone sessions now. */
    public void look() {
        loop.execute(this::lookNow);
    }

    private void lookNow() {
        if (closed) {
            return;
        }
        Map<String, DesktopSession> now;
        try {
            now = parts.sessions().current().stream()
                    .collect(Collectors.toMap(DesktopSession::id, Function.identity(), (first, same) -> first));
            lastFailure = "";
        } catch (IOException e) {
            String failure = String.valueOf(e.getMessage());
            if (!failure.equals(lastFailure)) {
                lastFailure = failure;
                LOG.error("the desktop sessions can't be found: {}", failure);
                publish();
            }
            return;
        }
        watches.values().removeIf(watch -> {
            boolean gone = !watch.session().equals(now.get(watch.session().id()));
            if (gone) {
                watch.stop();
            }
            return gone;
        });
        now.forEach((id, session) -> {
            if (!watches.containsKey(id)) {
                SessionWatch watch = new SessionWatch(session, parts);
                watches.put(id, watch);
                watch.begin();
            }
        });
        sessions = List.copyOf(new TreeSet<>(now.keySet()));
    }

    private void publish() {
        List<String> reasons = watches.values().stream()
                .map(SessionWatch::unguarded)
                .flatMap(Optional::stream)
                .sorted()
                .toList();
        unguarded = lastFailure.isEmpty() ? reasons : List.of("the desktop sessions can't be found: " + lastFailure);
    }
}
