package org.sekisho.agent.desktop;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.sekisho.agent.local.Tickets;
import org.sekisho.agent.schedule.EventLoop;
import org.sekisho.v1.DesktopGap;

/**
 * What a supervisor works with.
 *
 * @param loop its own
 * @param sessions where helpers are needed, and how they are started
 * @param tickets what helpers prove themselves with
 * @param records which helper guards which session, for the next run of the service
 * @param silence how long the helper of a session has said nothing; empty if none is connected
 * @param gaps records that a session was not guarded
 * @param changed called when {@link DesktopSupervisor#unguarded} has changed
 */
public record SupervisorParts(
        EventLoop loop,
        DesktopSessions sessions,
        Tickets tickets,
        HelperRecords records,
        Function<String, Optional<Duration>> silence,
        Consumer<DesktopGap> gaps,
        Runnable changed) {
    public SupervisorParts {
        requireNonNull(loop, "loop is null");
        requireNonNull(sessions, "sessions is null");
        requireNonNull(tickets, "tickets is null");
        requireNonNull(records, "records is null");
        requireNonNull(silence, "silence is null");
        requireNonNull(gaps, "gaps is null");
        requireNonNull(changed, "changed is null");
    }
}
