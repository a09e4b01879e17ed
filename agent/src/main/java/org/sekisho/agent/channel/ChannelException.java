package org.sekisho.agent.channel;

import java.io.Serial;

/** A channel could not do what was asked. The message says what was tried, on what, the OS's error, and what to do. */
public final class ChannelException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    public ChannelException(String message) {
        super(message);
    }

    public ChannelException(String message, Throwable cause) {
        super(message, cause);
    }
}
