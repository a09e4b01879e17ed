package org.sekisho.agent.local;

import java.io.IOException;
import java.io.Serial;

/** What arrived is not a frame of the local protocol. The connection can't be read on from here; close it. */
public final class FrameException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Fault fault;

    FrameException(Fault fault, String message) {
        super(message);
        this.fault = fault;
    }

    /** What is wrong with it. */
    public Fault fault() {
        return fault;
    }

    /** The ways in which a frame can be wrong. */
    public enum Fault {
        /** The peer closed the connection in the middle of a frame. */
        TRUNCATED,
        /** The frame is longer than {@link Frames#MAX_BYTES}, or claims to be. */
        OVERSIZE,
        /** The frame's content is no message of the kind that was expected. */
        GARBAGE
    }
}
