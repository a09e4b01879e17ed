package org.sekisho.control.policy;

import jakarta.inject.Singleton;

/** Draft. */
@Singleton
class PolicyDrafts {
    java.util.List<PoliciesResource.PolicyTemplate> templates() {
        throw new UnsupportedOperationException("draft");
    }

    PoliciesResource.PolicyCheckResult check(String y) {
        throw new UnsupportedOperationException("draft");
    }

    PoliciesResource.PolicyDiffResult diff(String y) {
        throw new UnsupportedOperationException("draft");
    }
}
