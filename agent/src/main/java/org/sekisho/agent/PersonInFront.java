package org.sekisho.agent;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.sekisho.agent.channel.DesktopSession;
import org.sekisho.agent.desktop.DesktopSessions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is at work, for what no session is known to have done, such as plugging something in: the person whose desktop is the
 * only one, or of several the one in front at the terminal's own screen. Where that can't be told it is unclear, and a rule
 * for certain people lets nobody in. Thread-safe.
 */
record PersonInFront(DesktopSessions sessions) implements Supplier<DesktopSession> {
    private static final Logger LOG = LoggerFactory.getLogger(PersonInFront.class);

    PersonInFront {
        requireNonNull(sessions, "sessions is null");
    }

    @Override
    public DesktopSession get() {
        try {
            List<DesktopSession> all = sessions.current();
            return switch (all.size()) {
                case 0 -> DesktopSession.NONE;
                case 1 -> all.getFirst();
                default -> sessions.inFront(all).orElse(DesktopSession.UNCLEAR);
            };
        } catch (IOException e) {
            LOG.warn("it can't be told who is at work: {}", e.getMessage());
            return DesktopSession.UNCLEAR;
        }
    }
}
