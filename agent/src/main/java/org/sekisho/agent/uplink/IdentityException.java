package org.sekisho.agent.uplink;

import java.io.Serial;

/** What should make up a terminal's identity does not hold together. The message says which part, and quotes no secret. */
public final class IdentityException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    IdentityException(String message) {
        super(message);
    }

    IdentityException(String message, Throwable cause) {
        super(message, cause);
    }
}
