package org.sekisho.agent.desktop;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.sekisho.agent.channel.DesktopSession;

/** The desktop sessions of this terminal, and how a helper is started in one. The seam to the operating system. */
public interface DesktopSessions extends AutoCloseable {

    /** Sessions that have a desktop now. Cheap: it is asked every second or when {@link #onChange} says so. */
    List<DesktopSession> current() throws IOException;

    /**
     * Which of several is in front at the terminal's own screen and keyboard; empty if the OS does not tell, or if it is none
     * of these, such as the log-on screen.
     */
    default Optional<DesktopSession> inFront(List<DesktopSession> among) {
        return Optional.empty();
    }

    /** Has {@code changed} called when sessions may have come or gone, where the OS can tell. One listener at most. */
    void onChange(Runnable changed);

    /**
     * Starts the helper in a session, under an account that the session's user can neither kill nor debug, and writes
     * {@code ticket} to its standard input, where only it can read it.
     *
     * @throws IOException if it can't be started; names the session and the OS's error
     */
    DesktopProcess start(DesktopSession session, byte[] ticket) throws IOException;

    /** Takes charge of a helper of this session that an earlier run of the service started. */
    DesktopProcess adopt(DesktopSession session, ProcessHandle helper);

    @Override
    void close();

    /** A running helper. */
    interface DesktopProcess {
        long pid();

        /** Completes with what ended it, such as {@code exit 1} or {@code killed by signal 9}. */
        java.util.concurrent.CompletionStage<String> ended();

        /** Ends it, and waits until the OS says that it is gone. */
        void stop();
    }
}
