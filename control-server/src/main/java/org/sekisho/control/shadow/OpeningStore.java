package org.sekisho.control.shadow;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sekisho.control.shadow.OpeningView.State;
import org.sekisho.control.store.Times;

/** Openings in the database. Thread-safe; joins the caller's transaction. */
@Singleton
class OpeningStore {
    /** A working day and the next one's morning. */
    private static final Duration LIFE = Duration.ofHours(24);

    private final Jdbi jdbi;
    private final Clock clock;

    @Inject
    OpeningStore(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** By copy; newest first. */
    Map<String, List<OpeningView>> of(Handle handle, Collection<String> copies) {
        Instant now = clock.instant();
        return handle
                .createQuery("SELECT * FROM shadow_opening WHERE copy = ANY (:copies) ORDER BY asked_at DESC, id DESC")
                .bindArray("copies", String.class, copies.toArray())
                .map((row, context) -> Map.entry(row.getString("copy"), view(row, now)))
                .list()
                .stream()
                .collect(groupingBy(Map.Entry::getKey, mapping(Map.Entry::getValue, toList())));
    }

    UUID ask(String copy, String reader, String reason) {
        UUID id = UUID.randomUUID();
        Instant now = clock.instant();
        jdbi.useHandle(handle -> handle.createUpdate(
                        "INSERT INTO shadow_opening (id, copy, reader, reason, state, asked_at, lapses_at)"
                                + " VALUES (:id, :copy, :reader, :reason, 'ASKED', :now, :lapses)")
                .bind("id", id)
                .bind("copy", copy)
                .bind("reader", reader)
                .bind("reason", reason)
                .bind("now", Times.sql(now))
                .bind("lapses", Times.sql(now.plus(LIFE)))
                .execute());
        return id;
    }

    /** Whether it was still undecided. */
    boolean approve(UUID id, String approver, byte[] approved) {
        Instant now = clock.instant();
        return jdbi.withHandle(handle -> handle.createUpdate("""
                                UPDATE shadow_opening SET state = 'APPROVED', approver = :approver, approved = :approved,
                                       decided_at = :now, lapses_at = :lapses
                                WHERE id = :id AND state = 'ASKED' AND lapses_at > :now""")
                        .bind("approver", approver)
                        .bind("approved", approved)
                        .bind("now", Times.sql(now))
                        .bind("lapses", Times.sql(now.plus(LIFE)))
                        .bind("id", id)
                        .execute()
                == 1);
    }

    /** Whether it was still undecided. */
    boolean refuse(UUID id, String by, String reason) {
        return jdbi.withHandle(handle -> handle.createUpdate("""
                                UPDATE shadow_opening SET state = 'REFUSED', approver = :by, refusal = :reason, decided_at = :now
                                WHERE id = :id AND state = 'ASKED' AND lapses_at > :now""")
                        .bind("by", by)
                        .bind("reason", reason)
                        .bind("now", Times.sql(clock.instant()))
                        .bind("id", id)
                        .execute()
                == 1);
    }

    /** What the approver's step gave. */
    byte[] approved(UUID id) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT approved FROM shadow_opening WHERE id = :id AND state = 'APPROVED'")
                .bind("id", id)
                .mapTo(byte[].class)
                .one());
    }

    /** The reader takes the copy. */
    void read(UUID id) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "UPDATE shadow_opening SET read_at = :now WHERE id = :id AND read_at IS NULL")
                .bind("now", Times.sql(clock.instant()))
                .bind("id", id)
                .execute());
    }

    private static OpeningView view(ResultSet row, Instant now) throws SQLException {
        State stored = State.valueOf(row.getString("state"));
        Instant lapses = Times.instant(row, "lapses_at");
        return new OpeningView(
                row.getObject("id", UUID.class),
                row.getString("reader"),
                row.getString("reason"),
                stored != State.REFUSED && !lapses.isAfter(now) ? State.LAPSED : stored,
                Times.instant(row, "asked_at"),
                row.getString("approver"),
                Times.instantOrNull(row, "decided_at"),
                row.getString("refusal"),
                lapses,
                Times.instantOrNull(row, "read_at"));
    }
}
