package org.sekisho.control.incident;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.event.EventView.LabelView;
import org.sekisho.control.incident.CasePermits.CasePermit;

/**
 * Something that happened around an incident. Of a person's other acts only the kind is shown, not with what: a responder
 * sees no more of a person than the case needs.
 *
 * @param at by the terminal's clock for events, by this server's for the rest
 * @param relation what it has to do with the incident
 * @param seq of events
 * @param kind such as ATTEMPT; of what operators did: the action in the audit log
 * @param reason why it was decided so, as the terminal recorded it
 * @param what one line for people; absent where it would show more than the case needs
 * @param by who did it, of what operators did
 * @param permit under which it was done; absent: there was none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "TimelineEntry",
        requiredProperties = {"at", "relation", "kind", "labels"})
public record TimelineEntry(
        Instant at,
        Relation relation,
        @Nullable String terminal,
        @Nullable Long seq,
        String kind,
        @Nullable String channel,
        @Nullable String verdict,
        @Nullable String enforcement,
        @Nullable String severity,
        @Nullable String reason,
        @Nullable String rule,
        @Nullable Long revision,
        List<LabelView> labels,
        @Nullable String what,
        @Nullable String by,
        @Nullable CasePermit permit) {
    /** What an entry has to do with the incident. */
    @Schema(name = "TimelineRelation")
    public enum Relation {
        /** One of its events. */
        INCIDENT,
        /** The same person's, on this terminal or another. */
        PERSON,
        /** The same terminal's. */
        TERMINAL,
        /** An operator's act on the incident. */
        DESK
    }

    /**
     * All entries in the order in which they happened.
     *
     * @param from where the look around begins
     * @param to where it ends
     * @param truncated there was more than is shown; what is nearest to the incident is shown
     */
    @Schema(
            name = "Timeline",
            requiredProperties = {"items", "from", "to", "truncated"})
    public record Timeline(List<TimelineEntry> items, Instant from, Instant to, boolean truncated) {}
}
