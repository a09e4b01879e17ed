package org.sekisho.agent.journal;

import org.sekisho.v1.Event;
import org.sekisho.v1.Event.BodyCase;
import org.sekisho.v1.Verdict;

/** Whether an event may be given up when only the reserved room is left. */
public enum Importance {
    /** May be lost, with a loss record, when room is short: what was allowed. */
    ORDINARY(0),
    /** Has reserved room: what was stopped or answered for, and everything about the agent itself. */
    MUST_KEEP(1);

    private final int code;

    Importance(int code) {
        this.code = code;
    }

    /** As it stands in the store. */
    int code() {
        return code;
    }

    /** The importance that the event's own content gives it: only allowed and audited attempts are ordinary. */
    public static Importance of(Event.Builder body) {
        if (body.getBodyCase() != BodyCase.ATTEMPT) {
            return MUST_KEEP;
        }
        Verdict verdict = body.getAttempt().getDecision().getVerdict();
        return verdict == Verdict.ALLOW || verdict == Verdict.AUDIT ? ORDINARY : MUST_KEEP;
    }
}
