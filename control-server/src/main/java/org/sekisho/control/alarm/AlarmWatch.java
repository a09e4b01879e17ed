package org.sekisho.control.alarm;

import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sekisho.control.store.Times;

/**
 * Looks every few seconds at what terminals last said, or didn't say, of themselves. All replicas look; one at a time does,
 * and what one has raised no other raises again.
 */
@Singleton
class AlarmWatch {
    /** "SEKISHOA" as a number. */
    private static final long LOCK = 0x53454B4953484F41L;

    private static final String SILENT = """
            SELECT t.id AS terminal, 0 AS channel, 0 AS amount, '' AS detail, coalesce(t.last_contact_at, t.enrolled_at) AS since
            FROM terminal t WHERE t.revoked_at IS NULL AND coalesce(t.last_contact_at, t.enrolled_at) < :silent""";

    private static final String CLOCK_WRONG = """
            SELECT t.id AS terminal, 0 AS channel, t.clock_skew AS amount, '' AS detail, t.clock_at AS since
            FROM terminal t WHERE t.revoked_at IS NULL AND abs(t.clock_skew) > :skew""";
    /** A jump that an event told of ends with a heartbeat after it, not with the one before. */
    private static final String CLOCK_SEEN =
            "EXISTS (SELECT 1 FROM terminal t WHERE t.id = a.terminal AND t.clock_at > a.raised_at)";

    /**
     * Failed, or of a mode that this version doesn't know; or unsupported although it was enforced before. What is only recorded
     * is so by the policy, and what is inactive has nothing to guard.
     */
    private static final String CHANNEL_OPEN = """
            SELECT c.terminal, c.channel, 0 AS amount, c.detail, c.from_at AS since
            FROM channel_state c JOIN terminal t ON t.id = c.terminal
            WHERE c.until_at IS NULL AND c.mode NOT IN (1, 2, 5) AND t.revoked_at IS NULL
              AND (c.mode <> 3 OR EXISTS (SELECT 1 FROM channel_state b
                                          WHERE b.terminal = c.terminal AND b.channel = c.channel AND b.mode = 1))""";

    private final Jdbi jdbi;
    private final Clock clock;

    @Inject
    AlarmWatch(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** Soon enough for a person, and cheap: some milliseconds of index and of a table with a row a terminal. */
    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        jdbi.useTransaction(handle -> {
            boolean mine = handle.createQuery("SELECT pg_try_advisory_xact_lock(:lock)")
                    .bind("lock", LOCK)
                    .mapTo(Boolean.class)
                    .one();
            if (mine) {
                look(handle);
            }
        });
    }

    /** In the handle's transaction, whoever else is looking. */
    void look(Handle handle) {
        Instant now = clock.instant();
        AlarmSettings settings = AlarmSettingsStore.get(handle);
        Map<String, Object> values =
                Map.of("silent", Times.sql(settings.silentBefore(now)), "skew", settings.clockSeconds() * 1_000L);
        AlarmBell bell = new AlarmBell(handle, clock);
        bell.forget();
        bell.follow(AlarmKind.SILENT, SILENT, "true", values);
        bell.follow(AlarmKind.CLOCK, CLOCK_WRONG, CLOCK_SEEN, values);
        bell.follow(AlarmKind.CHANNEL, CHANNEL_OPEN, "true", values);
    }
}
