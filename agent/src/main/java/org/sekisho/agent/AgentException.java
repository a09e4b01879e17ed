package org.sekisho.agent;

import java.io.Serial;

/** The agent can't start. The message says what was tried, on what, and what to do. */
public final class AgentException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final boolean notEnrolled;

    AgentException(String message, boolean notEnrolled) {
        super(message);
        this.notEnrolled = notEnrolled;
    }

    AgentException(String message, Throwable cause) {
        super(message, cause);
        this.notEnrolled = false;
    }

    /** Whether the terminal was never enrolled: starting again does not help. */
    public boolean notEnrolled() {
        return notEnrolled;
    }
}
