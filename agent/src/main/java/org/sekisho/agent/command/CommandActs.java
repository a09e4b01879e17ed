package org.sekisho.agent.command;

import org.sekisho.v1.CommandState;

/** What commands do on this terminal. Called on one thread, which may wait a few seconds. */
public interface CommandActs {

    /** Locks all desktop sessions. */
    Outcome lockSessions();

    /** Denies every way out, whatever the policy, until {@link #release}; also after a restart. */
    Outcome isolate();

    /** Lets the policy decide again. */
    Outcome release();

    /** Has the terminal's state read anew and sent. */
    Outcome collectStatus();

    /** Shows a text to everybody who is signed in. */
    Outcome show(String text);

    /**
     * What became of a command.
     *
     * @param state done, failed or unsupported
     * @param detail for people: what was read back, or what went wrong
     */
    record Outcome(CommandState state, String detail) {
        /** It holds; says by what it was seen. */
        public static Outcome done(String proof) {
            return new Outcome(CommandState.COMMAND_DONE, proof);
        }

        /** It doesn't hold. */
        public static Outcome failed(String why) {
            return new Outcome(CommandState.COMMAND_FAILED, why);
        }

        /** Not on this platform. */
        public static Outcome unsupported(String why) {
            return new Outcome(CommandState.COMMAND_UNSUPPORTED, why);
        }
    }
}
