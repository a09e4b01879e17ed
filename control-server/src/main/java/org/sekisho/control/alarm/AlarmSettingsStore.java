package org.sekisho.control.alarm;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sekisho.control.rest.ProblemException;

/** Keeps the settings of alarms; each look reads them anew, so that a change holds at once on all replicas. */
@Singleton
class AlarmSettingsStore {
    private final Jdbi jdbi;

    @Inject
    AlarmSettingsStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    AlarmSettings get() {
        return jdbi.withHandle(AlarmSettingsStore::get);
    }

    static AlarmSettings get(Handle handle) {
        return handle.createQuery("SELECT * FROM alarm_settings")
                .map((row, context) -> settings(row))
                .findOne()
                .orElseGet(AlarmSettings::shipped);
    }

    /**
     * Replaces them.
     *
     * @throws ProblemException 409 if somebody else has meanwhile
     */
    void replace(AlarmSettings settings) {
        int changed = jdbi.withHandle(handle -> handle.createUpdate("""
                        INSERT INTO alarm_settings AS s (version, silent_minutes, working_only, working_days, working_from,
                                                         working_until, zone, clock_seconds)
                        SELECT :version + 1, :silent, :only, :days, :from, :until, :zone, :clock
                        WHERE :version = 0 OR EXISTS (SELECT 1 FROM alarm_settings)
                        ON CONFLICT (one) DO UPDATE SET version = excluded.version, silent_minutes = excluded.silent_minutes,
                            working_only = excluded.working_only, working_days = excluded.working_days,
                            working_from = excluded.working_from, working_until = excluded.working_until, zone = excluded.zone,
                            clock_seconds = excluded.clock_seconds
                        WHERE s.version = :version""")
                .bind("version", settings.version())
                .bind("silent", settings.silentMinutes())
                .bind("only", settings.workingHoursOnly())
                .bindArray(
                        "days",
                        Integer.class,
                        settings.workingDays().stream().distinct().sorted().toArray())
                .bind("from", settings.workingFrom())
                .bind("until", settings.workingUntil())
                .bind("zone", settings.zone())
                .bind("clock", settings.clockSeconds())
                .execute());
        if (changed == 0) {
            throw ProblemException.stale("The settings of alarms have been changed meanwhile");
        }
    }

    private static AlarmSettings settings(ResultSet row) throws SQLException {
        List<Integer> days = Arrays.stream(
                        (Object[]) row.getArray("working_days").getArray())
                .map(day -> ((Number) day).intValue())
                .toList();
        return new AlarmSettings(
                row.getInt("silent_minutes"),
                row.getBoolean("working_only"),
                days,
                row.getObject("working_from", LocalTime.class),
                row.getObject("working_until", LocalTime.class),
                row.getString("zone"),
                row.getInt("clock_seconds"),
                row.getLong("version"));
    }
}
