package org.sekisho.control.incident;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.incident.Traces.Trace;
import org.sekisho.v1.Severity;

/**
 * Something that a person must look at. Reports with the same kind, terminal, user, rule and channel join one incident.
 *
 * @param detail what exactly, for people; nothing personal
 * @param verdict of an attempt, as the wire numbers it; 0 for what isn't one
 * @param traces by what others like it are found
 * @param count how often
 * @param firstAt when first; null: now
 * @param lastAt when last; null: now
 */
public record IncidentReport(
        IncidentKind kind,
        Severity severity,
        String terminal,
        String user,
        String rule,
        int channel,
        int verdict,
        Set<Trace> traces,
        String detail,
        long count,
        @Nullable Instant firstAt,
        @Nullable Instant lastAt) {
    /** Checked. */
    public IncidentReport {
        requireNonNull(kind, "kind is null");
        requireNonNull(terminal, "terminal is null");
        traces = Set.copyOf(traces);
    }

    /** A report about a terminal, once, now, with the severity that the kind usually has. */
    public static IncidentReport about(IncidentKind kind, String terminal) {
        return new IncidentReport(kind, usual(kind), terminal, "", "", 0, 0, Set.of(), "", 1, null, null);
    }

    /** The same with this detail. */
    public IncidentReport withDetail(String text) {
        return new IncidentReport(
                kind, severity, terminal, user, rule, channel, verdict, traces, text, count, firstAt, lastAt);
    }

    /** The same with these times. */
    public IncidentReport between(Instant first, Instant last) {
        return new IncidentReport(
                kind, severity, terminal, user, rule, channel, verdict, traces, detail, count, first, last);
    }

    /** The same, this often. */
    public IncidentReport times(long times) {
        return new IncidentReport(
                kind, severity, terminal, user, rule, channel, verdict, traces, detail, times, firstAt, lastAt);
    }

    /** What the record rests on is critical; what may be an accident is lower. */
    static Severity usual(IncidentKind kind) {
        return switch (kind) {
            case CHAIN_FORK, CHAIN_REWIND, CHAIN_BAD_HASH, BAD_SIGNATURE, WRONG_IDENTITY, TAMPER -> Severity.CRITICAL;
            case CHAIN_GAP,
                    CHAIN_MALFORMED,
                    REFUSED_IDENTITY,
                    POLICY_REFUSED,
                    LOSS,
                    DESKTOP_GAP,
                    LOST_MEDIUM,
                    ATTEMPT -> Severity.HIGH;
            case CLOCK_JUMP -> Severity.MEDIUM;
        };
    }

    /** This one and another of the same story as one. */
    public IncidentReport and(IncidentReport other) {
        return new IncidentReport(
                kind,
                severity.getNumber() >= other.severity.getNumber() ? severity : other.severity,
                terminal,
                user,
                rule,
                channel,
                Math.max(verdict, other.verdict),
                Traces.merge(traces, other.traces),
                other.detail.isEmpty() ? detail : other.detail,
                count + other.count,
                earlier(firstAt, other.firstAt),
                later(lastAt, other.lastAt));
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        return one == null || other == null ? null : one.isBefore(other) ? one : other;
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        return one == null || other == null ? null : one.isAfter(other) ? one : other;
    }

    /** What makes two reports the same story. */
    public Object key() {
        return new Key(kind, terminal, user, rule, channel);
    }

    record Key(IncidentKind kind, String terminal, String user, String rule, int channel) {}
}
