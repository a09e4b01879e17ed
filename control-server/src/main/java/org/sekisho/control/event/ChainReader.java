package org.sekisho.control.event;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sekisho.control.event.ChainStates.Mark;

/** Reads how far chains have been verified. Thread-safe. */
@Singleton
public class ChainReader {
    private final Jdbi jdbi;

    @Inject
    ChainReader(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Of the terminals of these events. */
    ChainStates of(List<StoredEvent> events) {
        return jdbi.withHandle(handle -> of(handle, events));
    }

    /** The events' views, in their order. */
    public static List<EventView> views(Handle handle, List<StoredEvent> events) {
        ChainStates states = of(handle, events);
        return events.stream()
                .map(event -> EventViews.of(event, states.at(event)))
                .toList();
    }

    /** The same, on a connection that is at hand. */
    static ChainStates of(Handle handle, List<StoredEvent> events) {
        if (events.isEmpty()) {
            return new ChainStates(Map.of());
        }
        Map<String, Mark> marks = new HashMap<>();
        handle.createQuery("""
                        SELECT h.terminal, h.proven_seq,
                               (SELECT min(b.seq) FROM chain_break b
                                WHERE b.terminal = h.terminal AND b.branch = 0) AS broken_seq
                        FROM chain_head h WHERE h.terminal = ANY (:terminals)""")
                .bindArray("terminals", String.class, (Object[]) events.stream()
                        .map(event -> event.event().getTerminal())
                        .distinct()
                        .toArray(String[]::new))
                .map((row, context) -> {
                    long broken = row.getLong("broken_seq");
                    boolean none = row.wasNull();
                    return marks.put(
                            row.getString("terminal"), new Mark(row.getLong("proven_seq"), none ? null : broken));
                })
                .list();
        return new ChainStates(marks);
    }
}
