package org.sekisho.control.shadow;

/** A copy that a terminal sends is not taken. */
public final class ShadowRefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final Reason reason;

    ShadowRefusedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    static ShadowRefusedException never(String message) {
        return new ShadowRefusedException(Reason.NEVER, message);
    }

    /** Why, for programs. */
    public Reason reason() {
        return reason;
    }

    /** Why a copy is not taken. */
    public enum Reason {
        /** It is not what it says, and never will be. */
        NEVER,
        /** Its id is another terminal's. */
        FOREIGN,
        /** There is no room now. */
        NO_ROOM,
        /** The same terminal began to send anew. */
        REPLACED
    }
}
