package org.sekisho.control.alarm;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.rest.WireNames;
import org.sekisho.control.store.Times;

/**
 * An alarm.
 *
 * @param channel which one; only of CHANNEL
 * @param amount CLOCK: by how many milliseconds the clock is ahead; RECORD_LOST: how many events; else 0
 * @param detail what the terminal said, for people; may be empty
 * @param since when the fact began, by the server's clock
 * @param clearedAt when it ended; absent: it still holds
 * @param note what the operator wrote who acknowledged it
 * @param version to be sent back with an acknowledgement
 */
@Schema(
        name = "Alarm",
        requiredProperties = {"id", "kind", "terminal", "host", "amount", "detail", "since", "raisedAt", "version"})
public record AlarmView(
        long id,
        AlarmKind kind,
        String terminal,
        String host,
        @Nullable String orgUnit,
        @Nullable String channel,
        long amount,
        String detail,
        Instant since,
        Instant raisedAt,
        @Nullable Instant clearedAt,
        @Nullable Instant acknowledgedAt,
        @Nullable String acknowledgedBy,
        @Nullable String note,
        long version) {
    /** Rows of {@code alarm a} with their {@code terminal t}. */
    static final String SELECT = "SELECT a.*, t.host, t.org_unit FROM alarm a JOIN terminal t ON t.id = a.terminal";

    static AlarmView of(ResultSet row) throws SQLException {
        int channel = row.getInt("channel");
        return new AlarmView(
                row.getLong("id"),
                AlarmKind.valueOf(row.getString("kind")),
                row.getString("terminal"),
                row.getString("host"),
                row.getString("org_unit"),
                channel == 0 ? null : WireNames.channel(channel),
                row.getLong("amount"),
                row.getString("detail"),
                Times.instant(row, "since"),
                Times.instant(row, "raised_at"),
                Times.instantOrNull(row, "cleared_at"),
                Times.instantOrNull(row, "acknowledged_at"),
                row.getString("acknowledged_by"),
                row.getString("note"),
                row.getLong("version"));
    }
}
