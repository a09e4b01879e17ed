package org.sekisho.control.policy;

import org.jspecify.annotations.Nullable;
import org.sekisho.control.policy.PolicyStore.Latest;

/**
 * What a segment's terminals are meant to run. While a roll-out is staged there are two: the newest revision for some, and
 * for the others the newest that everybody was meant to run.
 *
 * @param newest the newest revision; 0: none
 * @param stage of the newest; null: it is everybody's
 * @param everybodys newest revision that is everybody's; the newest itself, or 0 for none
 */
record InForce(Latest newest, PolicyView.@Nullable StageState stage, Latest everybodys) {
    /** Whether only a part of the segment got the newest, and the roll-out may yet go on. */
    boolean isStaged() {
        return stage == PolicyView.StageState.PILOT || stage == PolicyView.StageState.STOPPED;
    }
}
