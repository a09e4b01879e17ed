package org.sekisho.agent.journal;

import java.io.Serial;

/** Even the reserved room is used up. The event is counted as lost, and the loss is recorded as soon as room is back. */
public final class JournalFullException extends JournalException {
    @Serial
    private static final long serialVersionUID = 1L;

    JournalFullException(String message) {
        super(message);
    }
}
