package org.sekisho.control.policy.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.policy.simulation.SimulationReport.Direction;
import org.sekisho.control.policy.simulation.SimulationReport.Example;
import org.sekisho.control.policy.simulation.SimulationReport.Group;
import org.sekisho.control.policy.simulation.SimulationReport.RuleUse;
import org.sekisho.control.rest.WireNames;
import org.sekisho.policy.PolicyDecider;
import org.sekisho.v1.Decision;
import org.sekisho.v1.Policy;
import org.sekisho.v1.Rule;
import org.sekisho.v1.Verdict;

/** Decides attempts again, by a draft, and counts what would end otherwise. Memory is bounded. Not thread-safe. */
final class Comparison {
    private static final int MAX_EXAMPLES = 20;
    private static final int MAX_PEOPLE = 10_000;
    /** Groups that are told apart while counting; a city has some hundred divisions, and a book some hundred rules. */
    private static final int MAX_KEPT = 20_000;

    private record Key(
            @Nullable String orgUnit,
            int channel,
            Verdict before,
            Verdict after,
            String ruleBefore,
            String ruleAfter) {}

    private static final class Tally {
        private final Set<String> people = new HashSet<>();
        private final Set<String> terminals = new HashSet<>();
        private final List<Example> examples = new ArrayList<>();
        private long acts;

        void add(PastAttempt attempt) {
            acts += attempt.acts();
            if (people.size() < MAX_PEOPLE) {
                people.add(attempt.event().getCircumstances().getUser());
            }
            if (terminals.size() < MAX_PEOPLE) {
                terminals.add(attempt.terminal());
            }
            if (examples.size() < MAX_EXAMPLES) {
                examples.add(new Example(attempt.terminal(), attempt.seq()));
            }
        }
    }

    private final PolicyDecider decider;
    private final Map<String, Long> uses = new HashMap<>();
    private final Map<Key, Tally> tallies = new HashMap<>();
    private long attempts;
    private long acts;
    private long newlyStopped;
    private long newlyAllowed;
    private long notKept;

    Comparison(Policy draft) {
        decider = PolicyDecider.of(draft);
    }

    void add(PastAttempt attempt) {
        Decision before = attempt.event().getDecision();
        Decision after = decider.decide(
                attempt.event().getCircumstances(), attempt.event().getAttempt());
        attempts++;
        acts += attempt.acts();
        uses.merge(after.getRule(), attempt.acts(), Long::sum);
        if (before.getVerdict() == after.getVerdict()) {
            return;
        }
        newlyStopped += after.getVerdict() == Verdict.BLOCK ? attempt.acts() : 0;
        newlyAllowed += before.getVerdict() == Verdict.BLOCK ? attempt.acts() : 0;
        Key key = new Key(
                attempt.orgUnit(),
                attempt.event().getAttempt().getChannelValue(),
                before.getVerdict(),
                after.getVerdict(),
                before.getRule(),
                after.getRule());
        Tally tally = tallies.get(key);
        if (tally == null && tallies.size() < MAX_KEPT) {
            tally = new Tally();
            tallies.put(key, tally);
        }
        if (tally == null) {
            notKept += attempt.acts();
        } else {
            tally.add(attempt);
        }
    }

    long attempts() {
        return attempts;
    }

    long acts() {
        return acts;
    }

    long newlyStopped() {
        return newlyStopped;
    }

    long newlyAllowed() {
        return newlyAllowed;
    }

    /** Most acts first. */
    List<Group> groups() {
        return tallies.entrySet().stream()
                .map(entry -> group(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingLong(Group::acts)
                        .reversed()
                        .thenComparing(group -> group.orgUnit() == null ? "" : group.orgUnit()))
                .limit(SimulationReport.MAX_GROUPS)
                .toList();
    }

    long actsBeyond(List<Group> groups) {
        long all = tallies.values().stream().mapToLong(tally -> tally.acts).sum();
        return notKept + all - groups.stream().mapToLong(Group::acts).sum();
    }

    List<RuleUse> rules() {
        return decider.policy().getRulesList().stream()
                .map(Rule::getId)
                .distinct()
                .map(id -> new RuleUse(id, uses.getOrDefault(id, 0L), isDisabled(id)))
                .toList();
    }

    private boolean isDisabled(String id) {
        return decider.policy().getRulesList().stream()
                .filter(rule -> rule.getId().equals(id))
                .allMatch(Rule::getDisabled);
    }

    private static Group group(Key key, Tally tally) {
        return new Group(
                strictness(key.after) > strictness(key.before) ? Direction.TIGHTENS : Direction.LOOSENS,
                key.orgUnit,
                WireNames.channel(key.channel),
                WireNames.verdict(key.before.getNumber()),
                WireNames.verdict(key.after.getNumber()),
                key.ruleBefore.isEmpty() ? null : key.ruleBefore,
                key.ruleAfter.isEmpty() ? null : key.ruleAfter,
                tally.acts,
                tally.people.size(),
                tally.terminals.size(),
                List.copyOf(tally.examples));
    }

    /** How much a verdict keeps in: policy.proto names them from the widest to the narrowest. */
    private static int strictness(Verdict verdict) {
        return switch (verdict) {
            case VERDICT_UNSPECIFIED, UNRECOGNIZED -> -1;
            case ALLOW -> 0;
            case AUDIT -> 1;
            case JUSTIFY -> 2;
            case READ_ONLY -> 3;
            case BLOCK -> 4;
        };
    }
}
