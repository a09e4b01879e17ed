package org.sekisho.agent.journal;

import org.sekisho.v1.LossCause;

/** What became of an event that was given to the journal. */
public sealed interface Recorded {
    /**
     * Synced to disk.
     *
     * @param seq its place in the terminal's chain
     */
    record Durable(long seq) implements Recorded {}

    /**
     * Counted as one more of an event that is durable; the count is as durable. It becomes an event of its own when its window
     * ends, after a crash when the journal is opened again.
     *
     * @param firstSeq the durable event that it repeats
     */
    record Counted(long firstSeq) implements Recorded {}

    /** Not kept for want of room, and counted as lost. Only {@link Importance#ORDINARY} events end so. */
    record NotKept(LossCause cause) implements Recorded {}
}
