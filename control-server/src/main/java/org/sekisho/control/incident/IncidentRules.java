package org.sekisho.control.incident;

import com.google.protobuf.ProtocolMessageEnum;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.sekisho.control.rest.ProblemException;
import org.sekisho.control.rest.WireNames;
import org.sekisho.v1.Severity;
import org.sekisho.v1.Verdict;

/** The rules that are in force, in order. Immutable. */
public final class IncidentRules {
    /** More is no rule book that a person keeps in their head. */
    static final int MOST = 50;

    /** The record rests on these: no rule may keep them from being looked at. */
    static final Set<IncidentKind> OF_THE_RECORD = Set.of(
            IncidentKind.CHAIN_GAP,
            IncidentKind.CHAIN_FORK,
            IncidentKind.CHAIN_REWIND,
            IncidentKind.CHAIN_BAD_HASH,
            IncidentKind.CHAIN_MALFORMED,
            IncidentKind.BAD_SIGNATURE,
            IncidentKind.WRONG_IDENTITY,
            IncidentKind.LOSS,
            IncidentKind.TAMPER);

    private static final List<String> ANY = List.of();
    private static final int HOUR = 60;
    /** A working day, and a working week's half. */
    private static final int SOON = 24;

    private static final int LATER = 72;

    /** What the server ships: each attempt that was stopped, each severe one, and all trouble with terminals, at once. */
    static final IncidentRules SHIPPED = of(List.of(
            rule("severe", "重大度「高」以上の持ち出し操作", List.of(IncidentKind.ATTEMPT), ANY, "HIGH", SOON),
            rule("blocked", "遮断された持ち出し操作", List.of(IncidentKind.ATTEMPT), List.of("BLOCK"), "LOW", LATER),
            rule("record", "端末の記録の異常", OF_THE_RECORD.stream().sorted().toList(), ANY, "LOW", SOON),
            rule("terminals", "端末のその他の異常", List.of(), ANY, "LOW", LATER)));

    private final List<IncidentRule> rules;
    private final List<IncidentRule.Compiled> compiled;

    private IncidentRules(List<IncidentRule> rules) {
        this.rules = List.copyOf(rules);
        this.compiled = rules.stream()
                .filter(IncidentRule::enabled)
                .map(IncidentRule::compile)
                .toList();
    }

    private static IncidentRule rule(
            String id, String name, List<IncidentKind> kinds, List<String> verdicts, String severity, int hours) {
        return new IncidentRule(id, name, true, kinds, List.of(), verdicts, severity, 1, HOUR, HOUR, hours);
    }

    /**
     * In this order.
     *
     * @throws ProblemException 400 or 422 if they can't be in force
     */
    public static IncidentRules of(List<IncidentRule> rules) {
        Set<String> ids = new HashSet<>();
        for (IncidentRule rule : rules) {
            if (!ids.add(rule.id())) {
                throw new ProblemException(422, "rule-twice", "Two rules have the id " + rule.id());
            }
        }
        IncidentRules checked = new IncidentRules(rules);
        for (IncidentKind kind : OF_THE_RECORD.stream().sorted().toList()) {
            Optional<IncidentRule> first =
                    checked.match(kind, 0, 0, IncidentReport.usual(kind).getNumber());
            if (first.isEmpty() || first.get().threshold() > 1) {
                throw new ProblemException(
                        422,
                        "record-unwatched",
                        "By these rules the first " + kind
                                + " would open no incident. What the record rests on is always"
                                + " looked at: leave a rule that opens one at the first");
            }
        }
        return checked;
    }

    /** All, also those that are switched off. */
    public List<IncidentRule> all() {
        return rules;
    }

    /** The rule that decides. */
    public Optional<IncidentRule> match(IncidentKind kind, int channel, int verdict, int severity) {
        // Unset means LOW.
        int found = Math.max(severity, Severity.LOW_VALUE);
        for (IncidentRule.Compiled rule : compiled) {
            if (rule.fits(kind, channel, verdict, found)) {
                return Optional.of(rule.rule());
            }
        }
        return Optional.empty();
    }

    /** The rule that decides on this report. */
    Optional<IncidentRule> match(IncidentReport report) {
        return match(
                report.kind(),
                report.channel(),
                report.verdict(),
                report.severity().getNumber());
    }

    /** Whether an attempt with this verdict opens or counts towards an incident. A copy that nobody pasted has no verdict. */
    public boolean concerns(int channel, int verdict, int severity) {
        return verdict != Verdict.VERDICT_UNSPECIFIED_VALUE
                && match(IncidentKind.ATTEMPT, channel, verdict, severity).isPresent();
    }

    static <E extends Enum<E> & ProtocolMessageEnum> Set<Integer> numbers(Class<E> type, List<String> names) {
        return names.stream()
                .map(name -> WireNames.parse(type, name))
                .filter(value -> !value.name().equals("UNRECOGNIZED"))
                .map(ProtocolMessageEnum::getNumber)
                .collect(Collectors.toUnmodifiableSet());
    }
}
