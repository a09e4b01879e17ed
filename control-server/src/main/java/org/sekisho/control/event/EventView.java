package org.sekisho.control.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An event as operators see it. Nothing of it is a personal number: the terminal has masked all text.
 *
 * @param boot one run of the terminal's service, hex
 * @param seq place in the terminal's chain
 * @param occurredAt by the terminal's clock, which may be wrong
 * @param receivedAt by this server's clock
 * @param kind such as ATTEMPT or AGENT_STARTED; the wire's field name in capitals
 * @param enforced the verdict took effect
 * @param enforcement ENFORCED, AUDIT_ONLY or NOT_ENFORCED; absent for what isn't an attempt
 * @param process program that took part: the source if there is one, else the destination
 * @param revision policy that decided; 0: none
 * @param masked one line for people
 * @param count how many alike this stands for
 * @param incident its incident's id
 * @param chain how far the server has verified the terminal's chain around this event
 * @param branch 0: the terminal's chain; higher: sent after the chain broke, kept apart
 * @param detail the whole event as it is recorded; absent from lists and streams that were not asked for it
 */
@Schema(
        name = "Event",
        requiredProperties = {
            "terminal",
            "boot",
            "seq",
            "occurredAt",
            "receivedAt",
            "kind",
            "enforced",
            "labels",
            "masked",
            "count",
            "branch",
            "chain"
        })
public record EventView(
        String terminal,
        String boot,
        long seq,
        Instant occurredAt,
        Instant receivedAt,
        String kind,
        @Nullable String channel,
        @Nullable String verdict,
        boolean enforced,
        @Nullable String enforcement,
        @Nullable String severity,
        @Nullable String user,
        @Nullable String process,
        @Nullable String rule,
        long revision,
        List<LabelView> labels,
        String masked,
        @Nullable String source,
        @Nullable String destination,
        int count,
        @Nullable Long incident,
        int branch,
        Chain chain,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Schema(implementation = Object.class, type = SchemaType.OBJECT, additionalProperties = Schema.True.class)
        @Nullable
        EventDetail detail) {
    /** The same without {@link #detail}, which is most of an event's size and of the work to write it. */
    EventView brief() {
        return new EventView(
                terminal,
                boot,
                seq,
                occurredAt,
                receivedAt,
                kind,
                channel,
                verdict,
                enforced,
                enforcement,
                severity,
                user,
                process,
                rule,
                revision,
                labels,
                masked,
                source,
                destination,
                count,
                incident,
                branch,
                chain,
                null);
    }

    /** What the server knows of the terminal's chain at an event. */
    @Schema(name = "EventChain")
    public enum Chain {
        /** Unbroken from the terminal's first event, and signed by the terminal in a later checkpoint. */
        WHOLE,
        /** Follows the event before it; no signed checkpoint of the terminal has come since. */
        PENDING,
        /** The chain broke before it: events are missing, or it was sent besides the chain. */
        GAP
    }

    /** What the content carried; never the content. */
    @Schema(
            name = "Label",
            requiredProperties = {"label", "count", "grade"})
    public record LabelView(String label, int count, Grade grade) {}

    /** How sure the detector is. */
    @Schema(name = "Grade")
    @SuppressWarnings("JavaLangClash")
    public enum Grade {
        /** Checksum and keyword, or far more hits than chance gives. */
        high,
        /** The checksum alone. */
        low
    }
}
