package org.sekisho.control.alarm;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.sekisho.control.alarm.AlarmsResource.AlarmPage;
import org.sekisho.control.organisation.Reach;
import org.sekisho.control.rest.Cursor;
import org.sekisho.control.rest.ProblemException;
import org.sekisho.control.store.Notifications;
import org.sekisho.control.store.Notifications.Topic;
import org.sekisho.control.store.Times;

/** Reads alarms for operators, and takes their acknowledgements. Thread-safe. */
@Singleton
public class Alarms {
    private final Jdbi jdbi;
    private final Clock clock;

    @Inject
    Alarms(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    Optional<AlarmView> find(Reach reach, long id) {
        return jdbi.withHandle(handle -> reach.bind(
                        handle.createQuery(AlarmView.SELECT + " WHERE a.id = :id AND " + reach.condition("t.org_unit"))
                                .bind("id", id))
                .map((row, context) -> AlarmView.of(row))
                .findOne());
    }

    /** For the live stream. */
    List<AlarmView> all(Collection<Long> ids) {
        return jdbi.withHandle(handle -> handle.createQuery(AlarmView.SELECT + " WHERE a.id = ANY (:ids) ORDER BY a.id")
                .bindArray("ids", Long.class, ids.toArray())
                .map((row, context) -> AlarmView.of(row))
                .list());
    }

    /** Newest first. */
    AlarmPage page(Reach reach, AlarmFilter filter) {
        List<String> conditions = new ArrayList<>(List.of(reach.condition("t.org_unit")));
        Map<String, Object> values = new LinkedHashMap<>();
        filter.describe(conditions, values);
        List<AlarmView> found = jdbi.withHandle(handle -> {
            Query query = handle.createQuery(AlarmView.SELECT + " WHERE " + String.join(" AND ", conditions)
                            + " ORDER BY a.id DESC LIMIT :limit")
                    .bind("limit", filter.limit + 1);
            values.forEach(query::bind);
            return reach.bind(query).map((row, context) -> AlarmView.of(row)).list();
        });
        if (found.size() <= filter.limit) {
            return new AlarmPage(found, null);
        }
        List<AlarmView> items = List.copyOf(found.subList(0, filter.limit));
        return new AlarmPage(items, Cursor.of(items.getLast().id()));
    }

    /** What holds now, in figures. */
    public AlarmCounts counts(Reach reach) {
        return jdbi.withHandle(handle -> reach.bind(handle.createQuery("""
                        SELECT count(*) AS open, count(*) FILTER (WHERE a.acknowledged_at IS NULL) AS unseen,
                               count(*) FILTER (WHERE a.kind = 'SILENT') AS silent, count(*) FILTER (WHERE a.kind = 'CLOCK') AS clock,
                               count(*) FILTER (WHERE a.kind = 'JOURNAL_SHORT') AS short,
                               count(*) FILTER (WHERE a.kind = 'RECORD_LOST') AS lost,
                               count(*) FILTER (WHERE a.kind = 'CHANNEL') AS channel
                        FROM alarm a JOIN terminal t ON t.id = a.terminal WHERE a.cleared_at IS NULL AND %s""".formatted(reach.condition("t.org_unit"))))
                .map((row, context) -> new AlarmCounts(
                        row.getLong("open"),
                        row.getLong("unseen"),
                        row.getLong("silent"),
                        row.getLong("clock"),
                        row.getLong("short"),
                        row.getLong("lost"),
                        row.getLong("channel")))
                .one());
    }

    /**
     * Somebody has seen it. What only a person can end ends by this.
     *
     * @throws ProblemException 409 if it is acknowledged already, or was changed meanwhile
     */
    void acknowledge(long id, String by, String note, long version) {
        jdbi.useHandle(handle -> {
            int changed = handle.createUpdate("""
                            UPDATE alarm SET acknowledged_at = :now, acknowledged_by = :by, note = :note, version = version + 1,
                                   cleared_at = CASE WHEN kind = 'RECORD_LOST' THEN coalesce(cleared_at, :now) ELSE cleared_at END
                            WHERE id = :id AND version = :version AND acknowledged_at IS NULL""")
                    .bind("now", Times.sql(clock.instant()))
                    .bind("by", by)
                    .bind("note", note)
                    .bind("id", id)
                    .bind("version", version)
                    .execute();
            if (changed == 0) {
                throw ProblemException.stale("Alarm " + id + " has been acknowledged, or has changed, meanwhile");
            }
            tell(handle, id);
        });
    }

    static void tell(Handle handle, long id) {
        Notifications.tell(handle, Topic.ALARM, String.valueOf(id));
    }
}
