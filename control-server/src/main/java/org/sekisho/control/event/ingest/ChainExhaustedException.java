package org.sekisho.control.event.ingest;

/** A terminal broke its chain so often that no more of it is taken; it must be looked at and enrolled anew. */
public final class ChainExhaustedException extends Exception {
    private static final long serialVersionUID = 1L;

    ChainExhaustedException(String terminal) {
        super("Terminal " + terminal + " broke its chain more than " + TerminalChain.MAX_BRANCHES
                + " times; revoke it, find out why, and enrol it anew");
    }
}
