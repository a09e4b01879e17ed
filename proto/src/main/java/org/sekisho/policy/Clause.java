package org.sekisho.policy;

import java.util.List;
import java.util.Objects;

/**
 * One stated condition of a rule.
 *
 * @param path its key within the rule, such as {@code clipboard.source.paths}; two clauses with the same path look at the
 *     same thing, so that their tests can be compared
 */
record Clause(String path, Criterion criterion) {

    /** Whether each case for which all of {@code narrow} hold also meets all of {@code wide}; false: or not known. */
    static boolean covers(List<Clause> wide, List<Clause> narrow) {
        return wide.stream()
                .allMatch(clause -> narrow.stream()
                        .anyMatch(other -> other.path.equals(clause.path) && clause.criterion.covers(other.criterion)));
    }

    /** Whether no case meets both; false: or not known. */
    static boolean exclude(List<Clause> some, List<Clause> others) {
        return isNever(some)
                || isNever(others)
                || some.stream()
                        .anyMatch(clause -> others.stream()
                                .anyMatch(other ->
                                        other.path.equals(clause.path) && clause.criterion.excludes(other.criterion)));
    }

    static boolean isNever(List<Clause> clauses) {
        return clauses.stream().anyMatch(clause -> clause.criterion instanceof Criterion.Never);
    }

    static boolean hold(List<Clause> clauses, Case attempted) {
        for (int i = 0; i < clauses.size(); i++) {
            if (!clauses.get(i).criterion.holds(attempted)) {
                return false;
            }
        }
        return true;
    }

    Clause {
        Objects.requireNonNull(path, "path is null");
        Objects.requireNonNull(criterion, "criterion is null");
    }
}
