package org.sekisho.agent.desktop;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.sekisho.v1.DesktopMessage;
import org.sekisho.v1.OwnerSeen;

/** What the service is told of selections' owners: each once, however often it claims one. Thread-safe. */
final class OwnerReports {
    /** Marking text with the mouse claims PRIMARY many times a second; no process id is used anew as fast. */
    private static final Duration SAME_OWNER = Duration.ofSeconds(1);

    private int last;
    private long lastAt;
    private CompletableFuture<Void> known = CompletableFuture.completedFuture(null);

    /**
     * Has the service told, unless it has been just now.
     *
     * @param service tells it; false if it can't be told
     * @return completes when the service has looked at the program, or will not
     */
    synchronized CompletableFuture<Void> tell(
            int pid, Set<Integer> clients, long nanos, Predicate<DesktopMessage> service) {
        if (pid == last && nanos - lastAt < SAME_OWNER.toNanos()) {
            return known;
        }
        known.complete(null);
        known = new CompletableFuture<>();
        last = pid;
        lastAt = nanos;
        DesktopMessage message = DesktopMessage.newBuilder()
                .setOwnerSeen(OwnerSeen.newBuilder().setPid(pid).addAllClients(clients))
                .build();
        if (!service.test(message)) {
            known.complete(null);
        }
        return known;
    }

    /** The service has looked at a program. */
    synchronized void known(int pid) {
        if (pid == last) {
            known.complete(null);
        }
    }

    /** The service is away: it will look at nothing that it was told of. */
    synchronized void lost() {
        known.complete(null);
        last = 0;
    }
}
