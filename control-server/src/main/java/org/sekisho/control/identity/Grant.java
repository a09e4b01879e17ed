package org.sekisho.control.identity;

import org.sekisho.control.organisation.OrgUnit;

/** A role, for the whole organisation or a branch of it. Written {@code auditor} or {@code responder:総務部/税務課}. */
record Grant(Role role, OrgUnit branch) {
    static Grant read(String text) {
        int colon = text.indexOf(':');
        return colon < 0
                ? new Grant(Role.of(text), OrgUnit.WHOLE)
                : new Grant(Role.of(text.substring(0, colon)), new OrgUnit(text.substring(colon + 1)));
    }

    String text() {
        return branch.isWhole() ? role.wireName() : role.wireName() + ":" + branch.path();
    }

    /** Whether who has this may hand out the other. */
    boolean covers(Grant other) {
        return role.covers(other.role) && (branch.isWhole() || branch.contains(other.branch.path()));
    }
}
