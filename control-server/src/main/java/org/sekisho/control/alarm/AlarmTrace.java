package org.sekisho.control.alarm;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.sekisho.control.event.ingest.EventTrace;
import org.sekisho.v1.Event;
import org.sekisho.v1.Loss;

/** Alarms that terminals' own records tell of, raised and cleared in the commit that writes the record. */
@Singleton
class AlarmTrace implements EventTrace {
    private final Clock clock;

    @Inject
    AlarmTrace(Clock clock) {
        this.clock = clock;
    }

    @Override
    public boolean concerns(Event event) {
        return event.hasClockJumped() || event.hasJournalState() || event.hasLoss();
    }

    /** By terminal, so that two replicas' commits never wait for each other in a circle; a terminal's own stay in order. */
    @Override
    public void written(Handle handle, List<Written> events) {
        AlarmBell bell = new AlarmBell(handle, clock);
        events.stream()
                .map(Written::event)
                .sorted(Comparator.comparing(Event::getTerminal))
                .forEach(event -> ring(bell, event));
    }

    private static void ring(AlarmBell bell, Event event) {
        String terminal = event.getTerminal();
        if (event.hasClockJumped()) {
            bell.raise(terminal, AlarmKind.CLOCK, event.getClockJumped().getJumpMillis(), "");
        } else if (event.hasLoss()) {
            Loss loss = event.getLoss();
            // Unsigned on the wire; more than half of that range is a lie, but no reason to refuse the record.
            long lost = Math.clamp(loss.getCount(), 0, Integer.MAX_VALUE);
            bell.add(terminal, AlarmKind.RECORD_LOST, lost);
            bell.raise(terminal, AlarmKind.RECORD_LOST, lost, loss.getCause().name());
        } else if (event.getJournalState().getShortOfRoom()) {
            bell.raise(terminal, AlarmKind.JOURNAL_SHORT, 0, "");
        } else {
            bell.clear(terminal, AlarmKind.JOURNAL_SHORT);
        }
    }
}
