package org.sekisho.event;

import org.sekisho.v1.Event;

/** What a chained event turned out to be when it was held against the head of its terminal's chain. */
public sealed interface ChainStep {
    /**
     * It follows the head, and is the new head.
     *
     * @param event the parsed body
     */
    record Linked(ChainHead head, Event event) implements ChainStep {}

    /** The very event that is already known at this position: sent twice, nothing is wrong. */
    record Duplicate(long seq) implements ChainStep {}

    /**
     * Whole in itself, but events before it are missing.
     *
     * @param expected the next sequence number after the head
     * @param event the parsed body; its seq is {@code got}
     */
    record Gap(long expected, long got, Event event) implements ChainStep {}

    /** Another event than the known one at this position, or one that builds on another past: two histories exist. */
    record Fork(long seq) implements ChainStep {}

    /**
     * At or below the head, where the verifier no longer knows which event was there: it cannot be told from a repetition.
     *
     * @param head sequence number of the head
     */
    record Rewind(long seq, long head) implements ChainStep {}

    /** The hash isn't that of prev_hash and body: changed after it was made. */
    record BadHash(long seq) implements ChainStep {}

    /**
     * Not an event at all, or one that breaks a rule of {@code event.proto}.
     *
     * @param detail which rule; carries nothing of the content
     */
    record Malformed(String detail) implements ChainStep {}

    /**
     * Claims to be another terminal's.
     *
     * @param claimed the id in the event; not to be trusted
     */
    record WrongTerminal(long seq, String claimed) implements ChainStep {}
}
