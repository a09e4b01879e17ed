package org.sekisho.agent.desktop;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.sekisho.v1.DesktopMessage;
import org.sekisho.v1.OwnerSeen;

/** What the service is told of selections' owners: each once, however often it claims one. For the clipboard's thread. */
final class OwnerReports {
    /** Marking text with the mouse claims PRIMARY many times a second; no process id is used anew as fast. */
    private static final Duration SAME_OWNER = Duration.ofSeconds(1);

    private int last;
    private long lastAt;

    /** The message for the service; empty if it has been told just now. */
    Optional<DesktopMessage> of(int pid, Set<Integer> clients, long nanos) {
        if (pid == last && nanos - lastAt < SAME_OWNER.toNanos()) {
            return Optional.empty();
        }
        last = pid;
        lastAt = nanos;
        return Optional.of(DesktopMessage.newBuilder()
                .setOwnerSeen(OwnerSeen.newBuilder().setPid(pid).addAllClients(clients))
                .build());
    }
}
