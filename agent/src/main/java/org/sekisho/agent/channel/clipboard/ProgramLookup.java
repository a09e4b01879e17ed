package org.sekisho.agent.channel.clipboard;

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
