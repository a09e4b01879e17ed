package org.sekisho.control.shadow;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sekisho.control.shadow.ShadowRefusedException.Reason;
import org.sekisho.control.store.Times;
import org.sekisho.v1.ShadowCopyStart;
import org.sekisho.v1.ShadowHeader;

/**
 * Copies on their way, and their room. Each block is a transaction of its own, so that a slow line holds no connection to the
 * database; what belongs to no copy in the end is deleted. Thread-safe, also among replicas.
 */
@Singleton
class ArrivalStore {
    /** "SEKISHOC" as a number: room is given to one after the other. */
    private static final long LOCK = 0x53454B4953484F43L;

    private final Jdbi jdbi;
    private final Clock clock;
    private final ShadowCopySettings settings;

    @Inject
    ArrivalStore(Jdbi jdbi, Clock clock, ShadowCopySettings settings) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.settings = settings;
    }

    /** Makes room; empty: the copy is kept already. What is returned names its blocks. */
    Optional<UUID> begin(String terminal, ShadowCopyStart start) throws ShadowRefusedException {
        return jdbi.<Optional<UUID>, ShadowRefusedException>inTransaction(handle -> {
            handle.execute("SELECT pg_advisory_xact_lock(?)", LOCK);
            if (isKept(handle, terminal, start.getId())) {
                return Optional.empty();
            }
            forget(
                    handle,
                    handle.createQuery("DELETE FROM shadow_upload WHERE terminal = :terminal RETURNING content")
                            .bind("terminal", terminal)
                            .mapTo(UUID.class)
                            .list());
            long taken = taken(handle);
            long bytes = start.getFailure().isEmpty() ? start.getBytes() : 0;
            if (bytes > 0 && bytes > settings.mostBytes() - taken) {
                throw new ShadowRefusedException(
                        Reason.NO_ROOM,
                        "the server has no room for %d bytes now: shadow copies take %d of %d"
                                .formatted(bytes, taken, settings.mostBytes()));
            }
            UUID content = UUID.randomUUID();
            handle.createUpdate("INSERT INTO shadow_upload (terminal, content, bytes, heard_at)"
                            + " VALUES (:terminal, :content, :bytes, :now)")
                    .bind("terminal", terminal)
                    .bind("content", content)
                    .bind("bytes", bytes)
                    .bind("now", Times.sql(clock.instant()))
                    .execute();
            return Optional.of(content);
        });
    }

    private static boolean isKept(Handle handle, String terminal, String id) throws ShadowRefusedException {
        Optional<Known> known = handle.createQuery("SELECT terminal, state FROM shadow_copy WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> new Known(row.getString("terminal"), row.getString("state")))
                .findOne();
        if (known.isPresent() && !known.get().terminal().equals(terminal)) {
            throw foreign();
        }
        return known.filter(copy -> copy.state().equals("KEPT") || copy.state().equals("EXPIRED"))
                .isPresent();
    }

    private static ShadowRefusedException foreign() {
        return new ShadowRefusedException(Reason.FOREIGN, "a copy with this id is another terminal's");
    }

    private static long taken(Handle handle) {
        return handle.createQuery("""
                        SELECT (SELECT coalesce(sum(sealed_bytes), 0) FROM shadow_copy WHERE state = 'KEPT')
                             + (SELECT coalesce(sum(bytes), 0) FROM shadow_upload)""").mapTo(Long.class).one();
    }

    /** Writes the next block down. */
    void block(String terminal, UUID content, int number, byte[] bytes) throws ShadowRefusedException {
        int written = jdbi.withHandle(handle -> handle.createUpdate("""
                        WITH mine AS (UPDATE shadow_upload SET heard_at = :now
                                      WHERE terminal = :terminal AND content = :content RETURNING content)
                        INSERT INTO shadow_part (content, number, bytes) SELECT content, :number, :bytes FROM mine""")
                .bind("now", Times.sql(clock.instant()))
                .bind("terminal", terminal)
                .bind("content", content)
                .bind("number", number)
                .bind("bytes", bytes)
                .execute());
        if (written == 0) {
            throw replaced();
        }
    }

    private static ShadowRefusedException replaced() {
        return new ShadowRefusedException(
                Reason.REPLACED, "the terminal began to send a copy anew, or sent nothing for too long");
    }

    /** All blocks are there: from now on it is a copy. */
    void kept(String terminal, UUID content, ShadowCopyStart start, ShadowHeader header) throws ShadowRefusedException {
        Instant now = clock.instant();
        jdbi.<ShadowRefusedException>useTransaction(handle -> {
            arrived(handle, terminal, content);
            int changed = handle.createUpdate("""
                            INSERT INTO shadow_copy (id, terminal, state, known_at, content, sealed_bytes, sealed_sha256, header,
                                                     kept_at, expires_at)
                            VALUES (:id, :terminal, 'KEPT', :now, :content, :bytes, :sha256, :header, :now, :expires)
                            ON CONFLICT (id) DO UPDATE SET state = 'KEPT', failure = NULL, content = excluded.content,
                                sealed_bytes = excluded.sealed_bytes, sealed_sha256 = excluded.sealed_sha256,
                                header = excluded.header, kept_at = excluded.kept_at, expires_at = excluded.expires_at
                            WHERE shadow_copy.terminal = excluded.terminal AND shadow_copy.state IN ('AWAITED', 'FAILED')""")
                    .bind("id", start.getId())
                    .bind("terminal", terminal)
                    .bind("now", Times.sql(now))
                    .bind("content", content)
                    .bind("bytes", start.getBytes())
                    .bind("sha256", start.getSha256().toByteArray())
                    .bind("header", header.toByteArray())
                    .bind("expires", Times.sql(now.plus(Duration.ofDays(settings.days()))))
                    .execute();
            if (changed == 0) {
                throw foreign();
            }
        });
    }

    /** There is no copy, and won't be. */
    void failed(String terminal, UUID content, ShadowCopyStart start) throws ShadowRefusedException {
        jdbi.<ShadowRefusedException>useTransaction(handle -> {
            arrived(handle, terminal, content);
            int changed = handle.createUpdate("""
                            INSERT INTO shadow_copy (id, terminal, state, known_at, failure)
                            VALUES (:id, :terminal, 'FAILED', :now, :failure)
                            ON CONFLICT (id) DO UPDATE SET state = 'FAILED', failure = excluded.failure
                            WHERE shadow_copy.terminal = excluded.terminal AND shadow_copy.state IN ('AWAITED', 'FAILED')""")
                    .bind("id", start.getId())
                    .bind("terminal", terminal)
                    .bind("now", Times.sql(clock.instant()))
                    // PostgreSQL's text can't hold NUL.
                    .bind("failure", start.getFailure().replace('\0', '\uFFFD'))
                    .execute();
            if (changed == 0) {
                throw foreign();
            }
        });
    }

    private static void arrived(Handle handle, String terminal, UUID content) throws ShadowRefusedException {
        int there = handle.createUpdate("DELETE FROM shadow_upload WHERE terminal = :terminal AND content = :content")
                .bind("terminal", terminal)
                .bind("content", content)
                .execute();
        if (there == 0) {
            throw replaced();
        }
    }

    /** Deletes what has come, unless it is a copy by now. */
    void discard(String terminal, UUID content) {
        jdbi.useTransaction(handle -> forget(
                handle,
                handle.createQuery(
                                "DELETE FROM shadow_upload WHERE terminal = :terminal AND content = :content RETURNING content")
                        .bind("terminal", terminal)
                        .bind("content", content)
                        .mapTo(UUID.class)
                        .list()));
    }

    /** Deletes what nobody has sent a block of for so long: its replica has died. */
    void discardSilent(Duration most) {
        jdbi.useTransaction(handle -> forget(
                handle,
                handle.createQuery("DELETE FROM shadow_upload WHERE heard_at < :silent RETURNING content")
                        .bind("silent", Times.sql(clock.instant().minus(most)))
                        .mapTo(UUID.class)
                        .list()));
    }

    /** In a statement of its own, which sees blocks that were committed while the row before it was waited for. */
    static void forget(Handle handle, List<UUID> contents) {
        if (!contents.isEmpty()) {
            handle.createUpdate("DELETE FROM shadow_part WHERE content = ANY (:contents::uuid[])")
                    .bindArray(
                            "contents",
                            String.class,
                            contents.stream().map(UUID::toString).toArray())
                    .execute();
        }
    }

    /** What is known of an id. */
    private record Known(String terminal, String state) {}
}
