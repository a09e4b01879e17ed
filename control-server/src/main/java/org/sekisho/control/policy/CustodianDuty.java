package org.sekisho.control.policy;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.sekisho.control.identity.OperatorRoles;
import org.sekisho.control.identity.Role;
import org.sekisho.control.rest.Finding;
import org.sekisho.control.rest.LocalText;
import org.sekisho.v1.Custodian;
import org.sekisho.v1.Policy;

/**
 * Whether those whom a policy names as custodians could take part in opening a shadow copy as things stand; what is kept for
 * others only, nobody reads. Doubtful, but no error: operators and their roles change without the policy. Thread-safe.
 */
@Singleton
class CustodianDuty {
    private static final String TEXTS = "org.sekisho.control.policy.texts";

    private final OperatorRoles operators;

    @Inject
    CustodianDuty(OperatorRoles operators) {
        this.operators = operators;
    }

    List<Finding> check(Policy policy) {
        List<Finding> findings = new ArrayList<>();
        List<Custodian> custodians = policy.getShadowCopies().getCustodiansList();
        for (int i = 0; i < custodians.size(); i++) {
            String name = custodians.get(i).getOperator();
            String path = "shadow-copies.custodians[" + i + "]";
            operators
                    .of(name)
                    .ifPresentOrElse(
                            roles -> {
                                if (roles.equals(Set.of(Role.AUDITOR))) {
                                    findings.add(finding("custodian-cannot-open", path, name));
                                }
                            },
                            () -> findings.add(finding("custodian-unknown", path, name)));
        }
        return findings;
    }

    private static Finding finding(String code, String path, String name) {
        return new Finding(Finding.Severity.WARNING, code, null, path, null, null, LocalText.of(TEXTS, code, name));
    }
}
