package org.sekisho.agent;

import java.io.IOException;
import java.util.List;
import org.sekisho.agent.channel.DesktopSession;
import org.sekisho.agent.desktop.DesktopSessions;

/** A terminal on which no desktop session can be found. */
final class NoDesktops implements DesktopSessions {
    @Override
    public List<DesktopSession> current() {
        return List.of();
    }

    @Override
    public void onChange(Runnable changed) {}

    @Override
    public DesktopProcess start(DesktopSession session, byte[] ticket) throws IOException {
        throw new IOException("there is no session " + session.id());
    }

    @Override
    public void close() {}
}
