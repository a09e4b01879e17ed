package org.sekisho.policy;

import org.sekisho.policy.Change.Direction;
import org.sekisho.policy.Change.Why;

/**
 * What a change does to the acts that it concerns. One outcome is at least as strict as another when its verdict is, when
 * what a permit would leave of it is, and, where the verdicts are the same, when its severity is. Grows; one thread.
 */
final class Effect {
    private boolean stricter;
    private boolean weaker;
    private boolean incomparable;

    /** Some act that was decided by one outcome may now be decided by the other. */
    void shift(Outcome before, Outcome after) {
        boolean up = atLeast(after, before);
        boolean down = atLeast(before, after);
        stricter |= up && !down;
        weaker |= down && !up;
        incomparable |= !up && !down;
    }

    private static boolean atLeast(Outcome one, Outcome other) {
        int verdict = one.verdict().compareTo(other.verdict());
        return one.lifted().compareTo(other.lifted()) >= 0
                && (verdict > 0 || (verdict == 0 && one.severity().compareTo(other.severity()) >= 0));
    }

    Direction direction() {
        if (weaker || incomparable) {
            return Direction.LOOSENS;
        }
        return stricter ? Direction.TIGHTENS : Direction.NEUTRAL;
    }

    Why why() {
        if (incomparable || (weaker && stricter)) {
            return Why.UNDECIDED;
        }
        return weaker ? Why.WEAKER : stricter ? Why.STRICTER : Why.SAME;
    }
}
