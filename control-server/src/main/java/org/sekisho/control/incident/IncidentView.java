package org.sekisho.control.incident;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.event.EventView;
import org.sekisho.control.rest.LocalText;

/**
 * An incident as operators see it.
 *
 * @param title one line for people
 * @param detail what exactly, such as the numbers that are missing from a chain; English
 * @param host of the terminal; absent if it isn't enrolled
 * @param count how often it happened
 * @param openedAt when this server opened it
 * @param dueAt by when it should be closed
 * @param overdue it should have been closed, or a report to the commission handed in
 * @param tags for grouping, sorted
 * @param finding how it ended; only of closed ones
 * @param clock the guideline's report clock; absent where no leak is suspected
 * @param links what somebody linked with it; only for a single incident
 * @param version to be sent back with a change
 * @param events its newest 100 events; only for a single incident
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "Incident",
        requiredProperties = {
            "id",
            "kind",
            "title",
            "severity",
            "state",
            "terminal",
            "count",
            "firstAt",
            "lastAt",
            "openedAt",
            "overdue",
            "tags",
            "notes",
            "version"
        })
public record IncidentView(
        long id,
        IncidentKind kind,
        LocalText title,
        String severity,
        State state,
        String terminal,
        @Nullable String host,
        @Nullable String user,
        @Nullable String rule,
        @Nullable String channel,
        @Nullable String detail,
        long count,
        Instant firstAt,
        Instant lastAt,
        @Nullable String owner,
        Instant openedAt,
        @Nullable Instant dueAt,
        boolean overdue,
        List<String> tags,
        @Nullable FindingView finding,
        @Nullable ReportClock clock,
        @Nullable List<LinkView> links,
        List<NoteView> notes,
        long version,
        @Nullable List<EventView> events) {
    /** How far the work on it has come. */
    @Schema(name = "IncidentState")
    public enum State {
        NEW,
        IN_PROGRESS,
        CLOSED
    }

    /** How an incident ended. The names are part of the REST interface. */
    @Schema(name = "IncidentFinding")
    public enum Finding {
        /** Information got out. */
        LEAK,
        /** It may have. */
        SUSPECTED_LEAK,
        /** Against the rules, but nothing got out. */
        VIOLATION,
        /** A slip of the hand; nothing got out. */
        MISTAKE,
        /** It was work, and allowed; the policy or a permit should say so. */
        AUTHORISED,
        /** Nothing of the kind happened. */
        FALSE_ALARM,
        /** A fault of a machine. */
        TECHNICAL
    }

    /** How it ended, who says so, and why. */
    @Schema(
            name = "IncidentFindingDetail",
            requiredProperties = {"kind", "text", "at", "by"})
    public record FindingView(Finding kind, String text, Instant at, String by) {}

    /** One that belongs to it. */
    @Schema(
            name = "IncidentLink",
            requiredProperties = {"id", "title", "severity", "state"})
    public record LinkView(long id, LocalText title, String severity, State state) {}

    /** What somebody wrote on it. */
    @Schema(
            name = "Note",
            requiredProperties = {"at", "by", "text"})
    public record NoteView(Instant at, String by, String text) {}
}
