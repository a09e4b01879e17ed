package org.sekisho.agent;

import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.sekisho.agent.channel.DesktopSession;
import org.sekisho.agent.desktop.DesktopSessions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is at work, for what no session is known to have done, such as plugging something in: the person whose desktop is the
 * only one. Where there are several, nobody is: a rule for certain people then lets nobody in. Thread-safe.
 */
record SoleDesktop(DesktopSessions sessions) implements Supplier<DesktopSession> {
    private static final Logger LOG = LoggerFactory.getLogger(SoleDesktop.class);
    private static final DesktopSession NOBODY = new DesktopSession("", "", List.of());

    @Override
    public DesktopSession get() {
        try {
            List<DesktopSession> all = sessions.current();
            return all.size() == 1 ? all.getFirst() : NOBODY;
        } catch (IOException e) {
            LOG.warn("it can't be told who is at work: {}", e.getMessage());
            return NOBODY;
        }
    }
}
