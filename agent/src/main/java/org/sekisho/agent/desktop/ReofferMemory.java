package org.sekisho.agent.desktop;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.sekisho.v1.Process;

/**
 * Remembers what was handed out to whom, so that content which a clipboard manager takes and offers again is still known to
 * come from where it came from. Only keyed hashes are kept. Thread-safe.
 */
final class ReofferMemory {
    /** A manager's history is offered again one piece at a time; hashes are 64 characters. */
    private static final int MOST = 256;

    private final Deque<Given> given = new ArrayDeque<>();

    private record Given(int pid, Process source, Set<String> hashes) {}

    /** {@code seen} was handed out to {@code destination}. */
    synchronized void handedOut(Process destination, ContentLook.Seen seen) {
        if (destination.getPid() == 0 || seen.hashes().isEmpty()) {
            return;
        }
        if (given.size() == MOST) {
            given.removeFirst();
        }
        given.addLast(
                new Given(destination.getPid(), seen.attempt().getClipboard().getSource(), seen.hashes()));
    }

    /** The content as it is, or with its first source if the program that offers it was itself given it before. */
    synchronized ContentLook.Seen trace(ContentLook.Seen seen) {
        int offering = seen.attempt().getClipboard().getSource().getPid();
        for (Given one : (Iterable<Given>) given::descendingIterator) {
            if (one.pid() == offering && one.hashes().stream().anyMatch(seen.hashes()::contains)) {
                return seen.from(one.source());
            }
        }
        return seen;
    }
}
