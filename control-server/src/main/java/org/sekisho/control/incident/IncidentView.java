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

    /** What somebody wrote on it. */
    @Schema(
            name = "Note",
            requiredProperties = {"at", "by", "text"})
    public record NoteView(Instant at, String by, String text) {}
}
