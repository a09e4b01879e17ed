package org.sekisho.control.permit;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.event.EventSearch;
import org.sekisho.control.event.EventView;
import org.sekisho.control.event.ingest.EventTrace;
import org.sekisho.control.store.Times;
import org.sekisho.v1.Event;
import org.sekisho.v1.PermitUsed;

/** Which events happened under a permit, and how often it was used. A terminal can speak of its own permits only. */
@Singleton
class PermitUses implements EventTrace {
    private final Jdbi jdbi;
    private final EventSearch events;

    @Inject
    PermitUses(Jdbi jdbi, EventSearch events) {
        this.jdbi = jdbi;
        this.events = events;
    }

    @Override
    public boolean concerns(Event event) {
        return permit(event).isPresent();
    }

    @Override
    public void written(Handle handle, List<Written> written) {
        for (Written one : written) {
            permit(one.event()).ifPresent(permit -> write(handle, permit, one));
        }
    }

    private static void write(Handle handle, UUID permit, Written written) {
        handle.createUpdate("""
                        INSERT INTO permit_event (permit, received_at, id)
                        SELECT id, :at, :event FROM permit WHERE id = :permit AND terminal = :terminal""")
                .bind("at", Times.sql(written.receivedAt()))
                .bind("event", written.id())
                .bind("permit", permit)
                .bind("terminal", written.event().getTerminal())
                .execute();
        if (written.event().hasPermitUsed()) {
            PermitUsed used = written.event().getPermitUsed();
            handle.createUpdate("""
                            UPDATE permit SET used = greatest(used, :used), used_at = :at
                            WHERE id = :permit AND terminal = :terminal""")
                    .bind("used", Math.max(0, used.getUse()))
                    .bind("at", Times.sql(written.receivedAt()))
                    .bind("permit", permit)
                    .bind("terminal", written.event().getTerminal())
                    .execute();
        }
    }

    /** What the event says it happened under; empty also where it says what can be no permit. */
    private static Optional<UUID> permit(Event event) {
        String id = event.hasPermitUsed()
                ? event.getPermitUsed().getPermit()
                : event.hasAttempt() ? event.getAttempt().getDecision().getPermit() : "";
        if (id.length() != 36) {
            return Optional.empty();
        }
        try {
            return Optional.of(UUID.fromString(id));
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    /**
     * A permit's events, newest first.
     *
     * @param before only what was written before the event of this id
     */
    Page of(UUID permit, long before, int limit) {
        List<EventSearch.Place> places = jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT received_at, id FROM permit_event WHERE permit = :permit AND id < :before
                        ORDER BY id DESC LIMIT :limit""")
                .bind("permit", permit)
                .bind("before", before)
                .bind("limit", limit + 1)
                .map((row, context) -> new EventSearch.Place(Times.instant(row, "received_at"), row.getLong("id")))
                .list());
        boolean more = places.size() > limit;
        List<EventSearch.Place> shown = more ? places.subList(0, limit) : places;
        return new Page(events.at(shown), more ? shown.getLast().id() : null);
    }

    /**
     * Some of a permit's events.
     *
     * @param last the id to go on before; absent: there are no more
     */
    record Page(List<EventView> events, @Nullable Long last) {}
}
