package org.sekisho.policy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sekisho.v1.Attempt;
import org.sekisho.v1.Circumstances;
import org.sekisho.v1.Verdict;

/** The permits that are in force where a decision falls. */
public sealed interface Permits {
    /** No exception from anything. */
    Permits NONE = new None();

    /**
     * The first permit that lifts a rule.
     *
     * @param rule id of a rule that a permit may lift
     * @param verdict what the rule decides
     */
    Optional<Permit> lifting(String rule, Verdict verdict, Circumstances circumstances, Attempt attempt);

    /** None. */
    record None() implements Permits {
        @Override
        public Optional<Permit> lifting(String rule, Verdict verdict, Circumstances circumstances, Attempt attempt) {
            return Optional.empty();
        }
    }

    /**
     * Those that can be used now. Time and uses are judged by whoever holds them, by clocks and counts that a decision does
     * not have; {@link Permit#runsAt} and {@link Permit#leavesUse} say how.
     *
     * @param permits tried in order
     * @param onlyAt by a permit's id, where its last uses are still going on: instance paths of media. It lifts nothing for
     *     any other medium. A permit that is not in it has uses left.
     */
    record Granted(List<Permit> permits, Map<String, Set<String>> onlyAt) implements Permits {
        public Granted {
            permits = List.copyOf(permits);
            onlyAt = Map.copyOf(onlyAt);
        }

        /** All with uses left. */
        public Granted(List<Permit> permits) {
            this(permits, Map.of());
        }

        @Override
        public Optional<Permit> lifting(String rule, Verdict verdict, Circumstances circumstances, Attempt attempt) {
            return permits.stream()
                    .filter(permit -> permit.lifts(verdict)
                            && permit.speaksOf(rule, circumstances, attempt)
                            && hasUse(permit, attempt))
                    .findFirst();
        }

        private boolean hasUse(Permit permit, Attempt attempt) {
            Set<String> instances = onlyAt.get(permit.id());
            return instances == null || instances.contains(attempt.getMedia().getInstance());
        }
    }
}
