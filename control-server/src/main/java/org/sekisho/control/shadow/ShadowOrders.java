package org.sekisho.control.shadow;

import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.sekisho.control.event.ingest.EventTrace;
import org.sekisho.control.store.Times;
import org.sekisho.shadow.ShadowFormat;
import org.sekisho.v1.Event;

/** Keeps which event ordered which copy; either may come first. Another terminal's copy is never taken for it. */
@Singleton
class ShadowOrders implements EventTrace {
    @Override
    public boolean concerns(Event event) {
        return event.hasAttempt() && ShadowFormat.isId(id(event));
    }

    @Override
    public void written(Handle handle, List<Written> events) {
        // In one order everywhere: two writers must not wait for each other.
        events.stream()
                .sorted(Comparator.comparing((Written written) -> id(written.event())))
                .forEach(written -> ordered(handle, written));
    }

    private static void ordered(Handle handle, Written written) {
        handle.createUpdate("""
                        INSERT INTO shadow_copy (id, terminal, seq, state, known_at, ordered_at)
                        VALUES (:id, :terminal, :seq, 'AWAITED', :at, :at)
                        ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, ordered_at = excluded.ordered_at
                        WHERE shadow_copy.terminal = excluded.terminal AND shadow_copy.seq IS NULL""")
                .bind("id", id(written.event()))
                .bind("terminal", written.event().getTerminal())
                .bind("seq", written.event().getSeq())
                .bind("at", Times.sql(written.receivedAt()))
                .execute();
    }

    private static String id(Event event) {
        return event.getAttempt().getAttempt().getMedia().getFile().getShadowCopy();
    }
}
