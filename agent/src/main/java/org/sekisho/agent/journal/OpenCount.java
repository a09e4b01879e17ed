package org.sekisho.agent.journal;

/**
 * Repetitions of an event that are counted, but don't stand in the chain yet.
 *
 * @param firstSeq the event that they repeat
 * @param count how many, at least 1
 * @param spanMillis from the first to the last of those counted
 * @param lastMicros wall clock of the last
 */
record OpenCount(long firstSeq, int count, long spanMillis, long lastMicros) {}
