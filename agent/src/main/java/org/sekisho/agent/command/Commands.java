package org.sekisho.agent.command;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.sekisho.agent.secret.SecretStore;
import org.sekisho.v1.ChannelState;
import org.sekisho.v1.Event;
import org.sekisho.v1.Notice;

/** Puts the room together. */
public final class Commands {
    private Commands() {}

    /**
     * A desk for this terminal.
     *
     * @param scope names the enrolment whose commands these are
     * @param isolation puts the terminal into isolation, or out of it; answers what every channel read back
     * @param readStatus has the inventory read anew, and the state sent
     * @param desktops shows a notice; answers on how many desktops
     * @throws IOException if the record of earlier commands can't be read
     */
    public static CommandDesk desk(
            SecretStore secrets,
            String scope,
            Function<Boolean, Future<List<ChannelState>>> isolation,
            Runnable readStatus,
            ToIntFunction<Notice> desktops,
            Consumer<Event.Builder> events)
            throws IOException {
        return new CommandDesk(
                new CommandLedger(secrets, "commands-" + scope),
                new TerminalActs(isolation, new SessionLock("loginctl"), readStatus, desktops),
                events,
                Clock.systemUTC());
    }
}
