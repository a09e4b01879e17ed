package org.sekisho.control.incident;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.event.EventView;
import org.sekisho.control.incident.IncidentView.Finding;
import org.sekisho.control.incident.IncidentView.FindingView;
import org.sekisho.control.incident.IncidentView.LinkView;
import org.sekisho.control.incident.IncidentView.NoteView;
import org.sekisho.control.incident.IncidentView.State;
import org.sekisho.control.rest.LocalText;
import org.sekisho.control.rest.WireNames;
import org.sekisho.control.store.Times;

/** Rows of {@code incident i}, joined with their {@code terminal t}, as people see them. Pure. */
final class IncidentRows {
    /** What is read of them. */
    static final String SELECT =
            "SELECT i.*, t.host, t.org_unit FROM incident i LEFT JOIN terminal t ON t.id = i.terminal";
    /** Whether something should have been done by {@code :now}. */
    static final String OVERDUE = "((i.state <> 'CLOSED' AND i.due_at < :now) OR " + ReportClock.PRELIMINARY_MISSING
            + " OR " + ReportClock.FINAL_MISSING + ")";

    private IncidentRows() {}

    static IncidentView view(
            ResultSet row,
            Instant now,
            List<NoteView> notes,
            @Nullable List<LinkView> links,
            @Nullable List<EventView> events)
            throws SQLException {
        State state = State.valueOf(row.getString("state"));
        int channel = row.getInt("channel");
        Instant due = Times.instantOrNull(row, "due_at");
        ReportClock clock = ReportClock.of(row, now);
        boolean late = state != State.CLOSED && due != null && due.isBefore(now);
        return new IncidentView(
                row.getLong("id"),
                IncidentKind.valueOf(row.getString("kind")),
                title(row),
                WireNames.severity(row.getInt("severity")),
                state,
                row.getString("terminal"),
                row.getString("host"),
                emptyToNull(row.getString("user_name")),
                emptyToNull(row.getString("rule")),
                channel == 0 ? null : WireNames.channel(channel),
                emptyToNull(row.getString("detail")),
                row.getLong("count"),
                Times.instant(row, "first_at"),
                Times.instant(row, "last_at"),
                row.getString("owner"),
                Times.instant(row, "opened_at"),
                due,
                late || (clock != null && clock.overdue()),
                Arrays.asList((String[]) row.getArray("tags").getArray()),
                finding(row),
                clock,
                links,
                notes,
                row.getLong("version"),
                events);
    }

    static LinkView link(ResultSet row) throws SQLException {
        return new LinkView(
                row.getLong("id"),
                title(row),
                WireNames.severity(row.getInt("severity")),
                State.valueOf(row.getString("state")));
    }

    /** One line for people. */
    static LocalText title(ResultSet row) throws SQLException {
        return IncidentTitles.of(IncidentKind.valueOf(row.getString("kind")), row.getInt("channel"));
    }

    private static @Nullable FindingView finding(ResultSet row) throws SQLException {
        String kind = row.getString("finding");
        return kind == null
                ? null
                : new FindingView(
                        Finding.valueOf(kind),
                        row.getString("finding_text"),
                        Times.instant(row, "closed_at"),
                        row.getString("closed_by"));
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
