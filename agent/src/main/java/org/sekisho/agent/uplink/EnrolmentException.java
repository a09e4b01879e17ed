package org.sekisho.agent.uplink;

import java.io.Serial;

/** The terminal could not be enrolled. {@link #reason} says why, the message adds what was tried on what. */
public final class EnrolmentException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    EnrolmentException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    EnrolmentException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** Why; each has a text for people in the message bundles, {@code enrol.failed.<name>}. */
    public enum Reason {
        ALREADY_ENROLLED,
        TOKEN_UNKNOWN,
        TOKEN_USED_UP,
        TOKEN_EXPIRED,
        WRONG_CA,
        NOT_TRUSTED,
        UNREACHABLE,
        REFUSED,
        BAD_ANSWER,
        NOT_STORED
    }
}
