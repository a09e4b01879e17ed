package org.sekisho.policy;

import java.util.List;
import java.util.Optional;
import org.sekisho.v1.Attempt;
import org.sekisho.v1.Circumstances;

/** The permits that are in force where a decision falls. */
public sealed interface Permits {
    /** No exception from anything. */
    Permits NONE = new None();

    /**
     * The first permit that lifts a rule.
     *
     * @param rule id of a rule that a permit may lift
     */
    Optional<Permit> lifting(String rule, Circumstances circumstances, Attempt attempt);

    /** None. */
    record None() implements Permits {
        @Override
        public Optional<Permit> lifting(String rule, Circumstances circumstances, Attempt attempt) {
            return Optional.empty();
        }
    }

    /**
     * Those that were granted.
     *
     * @param permits tried in order
     */
    record Granted(List<Permit> permits) implements Permits {
        public Granted {
            permits = List.copyOf(permits);
        }

        @Override
        public Optional<Permit> lifting(String rule, Circumstances circumstances, Attempt attempt) {
            return permits.stream()
                    .filter(permit -> permit.lifts(rule, circumstances))
                    .findFirst();
        }
    }
}
