package org.sekisho.agent.journal;

import java.io.Serial;

/** The journal can't do what was asked. For an enforcer it means: nothing is recorded, so nothing may be let out. */
public class JournalException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** @param message what was tried, on what, and what to do */
    public JournalException(String message) {
        super(message);
    }

    /** @param message what was tried, on what, and what to do */
    public JournalException(String message, Throwable cause) {
        super(message, cause);
    }
}
