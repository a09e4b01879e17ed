package org.sekisho.agent.journal;

/** What can be wrong with a journal. Each has a sentence in the message bundle, {@code flaw.<name>}. */
public enum Flaw {
    /** SQLite can't read the file, or finds its structure damaged. */
    STRUCTURE,
    /** The state beside the events is missing or was changed. */
    STATE,
    /** A body's seal doesn't open: changed, moved to another place, or sealed under another key. */
    SEAL,
    /** What was sealed is no event, or breaks a rule of the contract. */
    MALFORMED,
    /** The event belongs to another terminal. */
    WRONG_TERMINAL,
    /** A column doesn't agree with the event. */
    COLUMNS,
    /** The hash isn't that of the event. */
    BAD_HASH,
    /** The event doesn't build on the one before it. */
    BROKEN_LINK,
    /** Events are missing before this one, and no loss record says so. */
    GAP,
    /** A checkpoint speaks of another event than the one before it. */
    CHECKPOINT_MISPLACED,
    /** A checkpoint's signature is wrong. */
    CHECKPOINT_SIGNATURE,
    /** A checkpoint is signed with a key of which no certificate was given. */
    CHECKPOINT_KEY
}
