package org.sekisho.agent.channel.media;

import java.io.Serial;

/** What a device says of itself makes no sense. The message says what, and at which byte. */
public final class BrokenDescriptorsException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    BrokenDescriptorsException(String what, int at) {
        super("%s, at byte %d".formatted(what, at));
    }
}
