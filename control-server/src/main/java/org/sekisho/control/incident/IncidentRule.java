package org.sekisho.control.incident;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.sekisho.v1.Severity;

/**
 * What opens an incident. Rules are asked in order, and the first enabled one that fits decides; what none fits is only
 * recorded. An empty list means any.
 *
 * @param id stable name, such as {@code blocked}
 * @param name for people
 * @param kinds what it is about; empty: everything that isn't an attempt
 * @param channels of attempts
 * @param verdicts of attempts
 * @param leastSeverity as severe as this, or more
 * @param threshold so many within the window open one; 1: the first does
 * @param windowMinutes of the threshold
 * @param joinMinutes a repetition within this time joins the open incident
 * @param respondHours how soon it should be closed
 */
@Schema(
        name = "IncidentRule",
        requiredProperties = {
            "id",
            "name",
            "enabled",
            "kinds",
            "channels",
            "verdicts",
            "leastSeverity",
            "threshold",
            "windowMinutes",
            "joinMinutes",
            "respondHours"
        })
public record IncidentRule(
        @NotNull @jakarta.validation.constraints.Pattern(regexp = "[a-z0-9-]{1,40}")
        String id,

        @NotBlank @Size(max = 100) String name,
        boolean enabled,
        @NotNull @Size(max = 40) List<@NotNull IncidentKind> kinds,
        @NotNull @Size(max = 10) List<@NotNull String> channels,
        @NotNull @Size(max = 10) List<@NotNull String> verdicts,

        @NotNull @jakarta.validation.constraints.Pattern(regexp = "LOW|MEDIUM|HIGH|CRITICAL")
        String leastSeverity,

        @Min(1) @Max(100_000) int threshold,
        @Min(1) @Max(MAX_MINUTES) int windowMinutes,
        @Min(1) @Max(MAX_MINUTES) int joinMinutes,
        @Min(1) @Max(8784) int respondHours) {
    /** A week: what lies further apart is another story. */
    static final int MAX_MINUTES = 7 * 24 * 60;

    /** Within which repetitions join. */
    Duration join() {
        return Duration.ofMinutes(joinMinutes);
    }

    /** In which the threshold is counted. */
    Duration window() {
        return Duration.ofMinutes(windowMinutes);
    }

    /** From opening to when it should be closed. */
    Duration respond() {
        return Duration.ofHours(respondHours);
    }

    /** The same with names as numbers, for the many events that are held against it. */
    Compiled compile() {
        return new Compiled(
                this,
                Set.copyOf(kinds),
                IncidentRules.numbers(org.sekisho.v1.Channel.class, channels),
                IncidentRules.numbers(org.sekisho.v1.Verdict.class, verdicts),
                Severity.valueOf(leastSeverity).getNumber());
    }

    /** Ready to be asked. */
    record Compiled(
            IncidentRule rule, Set<IncidentKind> kinds, Set<Integer> channels, Set<Integer> verdicts, int severity) {
        boolean fits(IncidentKind kind, int channel, int verdict, int foundSeverity) {
            boolean about = kinds.isEmpty() ? kind != IncidentKind.ATTEMPT : kinds.contains(kind);
            return about
                    && (channels.isEmpty() || channels.contains(channel))
                    && (verdicts.isEmpty() || verdicts.contains(verdict))
                    && foundSeverity >= severity;
        }
    }
}
