package org.sekisho.control.policy;

import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Draft. */
@Singleton
class PolicyPublication {
    PolicyView publish(String y, String r, @Nullable Long e) {
        throw new UnsupportedOperationException("draft");
    }
}
