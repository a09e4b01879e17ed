package org.sekisho.agent.channel.clipboard;

import java.util.Set;
import org.sekisho.v1.Process;

/** Finds out more about a program than a helper without privileges can see. Thread-safe; may read files. */
@FunctionalInterface
public interface ProgramLookup {

    /**
     * Adds what can be told of the process that {@code seen} names by its pid: path, hash, account. What can't be told is
     * left empty, so that no rule takes it for a program that it isn't. Never throws.
     */
    Process identify(Process seen);

    /**
     * Finds out which program goes on for a process that has left its connection to a child and ended. Never throws.
     *
     * @param session the desktop session that it belonged to
     * @param clients the processes that the session's display knows
     * @return {@code ended} with what can be told; as it is if nothing can
     */
    default Process heir(String session, Process ended, Set<Integer> clients) {
        return ended;
    }

    /**
     * Whether a process is a desktop helper of this product: what it puts on a clipboard is what it took over before. False
     * where that can't be told, so that no user's program passes for one. Never throws.
     *
     * @param seen as {@link #identify} has found it
     */
    default boolean isHelper(Process seen) {
        return false;
    }

    /** Trusts what the helper says, as on Windows, where it has looked itself. */
    static ProgramLookup asSeen() {
        return seen -> seen;
    }
}
