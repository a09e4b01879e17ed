package org.sekisho.control.policy.simulation;

import org.jspecify.annotations.Nullable;
import org.sekisho.v1.AttemptEvent;

/**
 * An attempt as a terminal recorded it.
 *
 * @param orgUnit of the terminal today
 */
record PastAttempt(String terminal, long seq, @Nullable String orgUnit, AttemptEvent event) {
    long acts() {
        return Math.max(1, Integer.toUnsignedLong(event.getCount()));
    }
}
