package org.sekisho.control.incident.draft;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A report to the commission as it would be handed in now.
 *
 * @param title in the language that was asked for
 * @param note how to read it: what is marked has to be filled in
 * @param dueAt its last day; absent: the report clock doesn't run
 * @param items all, in the report's order
 * @param missing how many of them still have something to be filled in
 * @param version to be sent back with a change; 0: nobody has written anything yet
 * @param by who wrote last
 * @param at when
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "ReportDraft",
        requiredProperties = {"incident", "stage", "title", "note", "items", "missing", "version"})
public record ReportDraft(
        long incident,
        ReportStage stage,
        String title,
        String note,
        @Nullable Instant dueAt,
        List<Item> items,
        int missing,
        long version,
        @Nullable String by,
        @Nullable Instant at) {
    /** Copied. */
    public ReportDraft {
        items = List.copyOf(items);
    }

    /**
     * One item.
     *
     * @param heading in the language that was asked for
     * @param text what stands: as somebody wrote it, else as proposed
     * @param proposed what follows from the incident's record
     * @param written somebody wrote it
     * @param complete nothing in the text is marked as to be filled in
     */
    @Schema(
            name = "ReportDraftItem",
            requiredProperties = {"item", "heading", "text", "proposed", "written", "complete"})
    public record Item(
            ReportItem item, String heading, String text, String proposed, boolean written, boolean complete) {}
}
