package org.sekisho.policy;

import java.util.List;

/** The device is a member of one of these groups. */
record GroupCriterion(List<Group> groups) implements Criterion {

    /** A member is what all its clauses hold for. */
    record Group(List<List<Clause>> members) {}

    @Override
    public boolean holds(Case attempted) {
        for (Group group : groups) {
            for (List<Clause> member : group.members) {
                if (Clause.hold(member, attempted)) {
                    return true;
                }
            }
        }
        return false;
    }

    private List<List<Clause>> members() {
        return groups.stream().flatMap(group -> group.members.stream()).toList();
    }

    @Override
    public boolean covers(Criterion other) {
        return other instanceof GroupCriterion that
                && that.members().stream()
                        .allMatch(narrow -> Clause.isNever(narrow)
                                || members().stream().anyMatch(wide -> Clause.covers(wide, narrow)));
    }

    @Override
    public boolean excludes(Criterion other) {
        return other instanceof GroupCriterion that
                && members().stream()
                        .allMatch(one -> that.members().stream().allMatch(two -> Clause.exclude(one, two)));
    }
}
