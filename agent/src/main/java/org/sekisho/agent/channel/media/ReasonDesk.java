package org.sekisho.agent.channel.media;

import java.util.function.Consumer;
import org.sekisho.agent.channel.DesktopSession;
import org.sekisho.v1.MediaSubject;
import org.sekisho.v1.Notice;

/** Where the guard speaks with the person at the terminal. Never waits; answers come on any thread. */
public interface ReasonDesk {

    /**
     * Asks the person why a device is to be used.
     *
     * @param answer given the reason, or an empty one if the person declines; not called if nobody can be asked
     */
    void ask(DesktopSession session, MediaSubject device, Notice notice, Consumer<String> answer);

    /** Tells the person something about a device. */
    void tell(DesktopSession session, MediaSubject device, Notice notice);

    /** There is nobody to speak with. */
    static ReasonDesk none() {
        return new ReasonDesk() {
            @Override
            public void ask(DesktopSession session, MediaSubject device, Notice notice, Consumer<String> answer) {}

            @Override
            public void tell(DesktopSession session, MediaSubject device, Notice notice) {}
        };
    }
}
