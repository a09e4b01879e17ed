package org.sekisho.control.policy;

import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Draft. */
@Singleton
class PolicyStore {
    PolicyView current(String s) {
        throw new UnsupportedOperationException("draft");
    }

    PolicyView get(String s, long r) {
        throw new UnsupportedOperationException("draft");
    }

    PoliciesResource.PolicyPage page(@Nullable String s, int l, @Nullable String a) {
        throw new UnsupportedOperationException("draft");
    }

    PoliciesResource.RolloutPage rollout(String s, long r, int l, @Nullable String a) {
        throw new UnsupportedOperationException("draft");
    }
}
