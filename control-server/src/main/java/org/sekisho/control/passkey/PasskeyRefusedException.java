package org.sekisho.control.passkey;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A browser's answer doesn't prove what it should. The message is for the audit log, and says nothing of the key. */
public final class PasskeyRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable UUID operator;

    PasskeyRefusedException(String why, @Nullable UUID operator, @Nullable Throwable cause) {
        super(why, cause);
        this.operator = operator;
    }

    PasskeyRefusedException(String why) {
        this(why, null, null);
    }

    /** Whose passkey it claims to be; null: nobody's that is known. */
    public @Nullable UUID operator() {
        return operator;
    }
}
