package org.sekisho.control.organisation;

import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** The part of the organisation that somebody may see or act on: everything, some branches, or nothing. Immutable. */
public record Reach(List<OrgUnit> branches) {
    /** Nothing at all. */
    public static final Reach NOTHING = new Reach(List.of());

    /** Everything, also what belongs to no division. */
    public static final Reach EVERYTHING = new Reach(List.of(OrgUnit.WHOLE));

    private static final String PARAMETER = "reach";

    /** Copied. */
    public Reach {
        branches = List.copyOf(branches);
    }

    /** These branches together. */
    public static Reach of(Collection<OrgUnit> branches) {
        return branches.stream().anyMatch(OrgUnit::isWhole)
                ? EVERYTHING
                : new Reach(branches.stream().distinct().toList());
    }

    /** Whether it is the whole organisation. */
    public boolean isEverything() {
        return branches.contains(OrgUnit.WHOLE);
    }

    /** Whether a thing of this division lies in it; null: of no division. */
    public boolean covers(@Nullable String unit) {
        return branches.stream().anyMatch(branch -> branch.contains(unit));
    }

    /** The same as an SQL condition on a column with a division's path; its parameter is set by {@link #bind}. */
    public String condition(String column) {
        return isEverything()
                ? "true"
                : "EXISTS (SELECT 1 FROM unnest(:" + PARAMETER + ") AS b (top) WHERE " + column
                        + " = b.top OR starts_with(" + column + ", b.top || '/'))";
    }

    /** The condition on a column with a terminal's id. */
    public String terminalCondition(String column) {
        return isEverything()
                ? "true"
                : column + " IN (SELECT reached.id FROM terminal reached WHERE " + condition("reached.org_unit") + ")";
    }

    /** Sets the conditions' parameter. */
    public <S extends SqlStatement<S>> S bind(S statement) {
        return isEverything()
                ? statement
                : statement.bindArray(PARAMETER, String.class, (Object[])
                        branches.stream().map(OrgUnit::path).toArray(String[]::new));
    }
}
