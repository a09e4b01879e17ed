package org.sekisho.agent;

import java.util.function.Consumer;
import org.sekisho.agent.journal.Importance;
import org.sekisho.agent.journal.Journal;
import org.sekisho.agent.journal.JournalException;
import org.sekisho.agent.journal.Recorded;
import org.sekisho.v1.Event;
import org.sekisho.v1.Verdict;

/** Records events durably, each by its importance. Thread-safe. */
final class EventRecorder implements Consumer<Event.Builder> {
    private final Journal journal;

    EventRecorder(Journal journal) {
        this.journal = journal;
    }

    /**
     * Records.
     *
     * @throws JournalException if it is not durable on return: then nothing may be let out
     */
    @Override
    public void accept(Event.Builder event) {
        Recorded recorded = journal.record(event, importance(event));
        if (recorded instanceof Recorded.NotKept lost) {
            throw new JournalException("there is no room for the event: " + lost.cause());
        }
    }

    /** A copy that was only seen decides nothing; what was stopped because of it has its own event. */
    private static Importance importance(Event.Builder event) {
        boolean onlySeen =
                event.hasAttempt() && event.getAttempt().getDecision().getVerdict() == Verdict.VERDICT_UNSPECIFIED;
        return onlySeen ? Importance.ORDINARY : Importance.of(event);
    }
}
