package org.sekisho.shadow;

import java.io.IOException;

/** A shadow copy, or a part of it, is not what it should be, or is not for this key. */
public final class ShadowException extends IOException {
    private static final long serialVersionUID = 1;

    ShadowException(String message) {
        super(message);
    }

    ShadowException(String message, Throwable cause) {
        super(message, cause);
    }
}
