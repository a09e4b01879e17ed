package org.sekisho.control.alarm;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatements;
import org.sekisho.control.store.Times;

/**
 * Raises and clears alarms in the handle's transaction, and tells all replicas of those that changed. What is raised already
 * is not raised again: the database knows one open alarm of a kind, channel and terminal, whoever is first.
 */
final class AlarmBell {
    private static final String NEW = "INSERT INTO alarm (terminal, kind, channel, amount, detail, since, raised_at)";
    private static final String ONCE =
            " ON CONFLICT (terminal, kind, channel) WHERE cleared_at IS NULL DO NOTHING RETURNING id";

    private final Handle handle;
    private final Clock clock;

    AlarmBell(Handle handle, Clock clock) {
        this.handle = handle;
        this.clock = clock;
    }

    /** One that an event tells of; {@code amount} as in {@link AlarmView}. */
    void raise(String terminal, AlarmKind kind, long amount, String detail) {
        told(handle.createQuery(NEW + " VALUES (:terminal, :kind, 0, :amount, :detail, :now, :now)" + ONCE)
                .bind("terminal", terminal)
                .bind("kind", kind.name())
                .bind("amount", amount)
                .bind("detail", detail));
    }

    /** More of a loss that is an alarm already. */
    void add(String terminal, AlarmKind kind, long amount) {
        handle.createUpdate("""
                        UPDATE alarm SET amount = amount + :amount, version = version + 1
                        WHERE terminal = :terminal AND kind = :kind AND cleared_at IS NULL""")
                .bind("terminal", terminal)
                .bind("kind", kind.name())
                .bind("amount", amount)
                .execute();
    }

    /** The end of one that an event tells of. */
    void clear(String terminal, AlarmKind kind) {
        told(handle.createQuery("""
                        UPDATE alarm SET cleared_at = :now, version = version + 1
                        WHERE terminal = :terminal AND kind = :kind AND cleared_at IS NULL RETURNING id""").bind("terminal", terminal).bind("kind", kind.name()));
    }

    /**
     * Raises what holds, and clears what doesn't any more.
     *
     * @param facts a query for {@code terminal, channel, amount, detail, since} of what holds now
     * @param endable a further condition on the {@code alarm a} to be cleared
     */
    void follow(AlarmKind kind, String facts, String endable, Map<String, Object> values) {
        Query raise = handle.createQuery(NEW
                        + " SELECT f.terminal, :kind, f.channel, f.amount, left(f.detail, 1000), f.since, :now FROM ("
                        + facts
                        + ") f ORDER BY f.terminal, f.channel" + ONCE)
                .bind("kind", kind.name());
        told(bound(raise, values));
        // Rows that somebody else is changing now are left for the next look: to wait for them could be to wait for
        // ever.
        Query clear = handle.createQuery("""
                        UPDATE alarm SET cleared_at = :now, version = version + 1 WHERE id IN (
                            SELECT a.id FROM alarm a WHERE a.kind = :kind AND a.cleared_at IS NULL AND %s
                              AND NOT EXISTS (SELECT 1 FROM (%s) f WHERE f.terminal = a.terminal AND f.channel = a.channel)
                            FOR UPDATE SKIP LOCKED) RETURNING id""".formatted(endable, facts)).bind("kind", kind.name());
        told(bound(clear, values));
    }

    /** Terminals that are out of use can't mend anything. */
    void forget() {
        told(handle.createQuery("""
                UPDATE alarm SET cleared_at = :now, version = version + 1 WHERE id IN (
                    SELECT a.id FROM alarm a JOIN terminal t ON t.id = a.terminal
                    WHERE a.cleared_at IS NULL AND t.revoked_at IS NOT NULL FOR UPDATE OF a SKIP LOCKED) RETURNING id"""));
    }

    private static Query bound(Query query, Map<String, Object> values) {
        query.getConfig(SqlStatements.class).setUnusedBindingAllowed(true);
        values.forEach(query::bind);
        return query;
    }

    private void told(Query changing) {
        List<Long> changed = changing.bind("now", Times.sql(clock.instant()))
                .mapTo(Long.class)
                .list();
        changed.forEach(id -> Alarms.tell(handle, id));
    }
}
