package org.sekisho.policy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.sekisho.shadow.ShadowFormat;
import org.sekisho.v1.Channel;
import org.sekisho.v1.Custodian;
import org.sekisho.v1.Policy;
import org.sekisho.v1.Rule;

/** Reports shadow copies that nobody, or one person alone, could read, and rules that can't have one. One thread. */
final class ShadowCopyCheck {
    private final FindingList findings;

    ShadowCopyCheck(FindingList findings) {
        this.findings = findings;
    }

    void check(Policy policy) {
        if (policy.hasShadowCopies()) {
            custodians(policy.getShadowCopies().getCustodiansList());
            long most = policy.getShadowCopies().getMostBytes();
            if (Long.compareUnsigned(most, ShadowFormat.MOST_BYTES) > 0) {
                report(
                        FindingCode.SHADOW_COPY_TOO_LARGE,
                        "shadow-copies.most-bytes",
                        "",
                        (ShadowFormat.MOST_BYTES >> 20) + "MiB");
            }
        }
        for (int i = 0; i < policy.getRulesCount(); i++) {
            Rule rule = policy.getRules(i);
            if (rule.getShadowCopy()) {
                String path = "rules[" + i + "].shadow-copy";
                if (!policy.hasShadowCopies()) {
                    report(FindingCode.NO_CUSTODIANS, path, rule.getId());
                }
                if (rule.getChannel() != Channel.MEDIA || rule.getContentCount() == 0) {
                    report(FindingCode.SHADOW_COPY_NOT_OF_CONTENT, path, rule.getId());
                }
            }
        }
    }

    private void custodians(List<Custodian> custodians) {
        Set<String> operators = new HashSet<>();
        Set<String> keys = new HashSet<>();
        for (Custodian custodian : custodians) {
            operators.add(CaseFold.fold(custodian.getOperator()));
            keys.add(custodian.getKey());
        }
        if (custodians.size() < ShadowFormat.FEWEST_CUSTODIANS
                || operators.size() < custodians.size()
                || keys.size() < custodians.size()) {
            report(FindingCode.CUSTODIANS_NOT_TWO, "shadow-copies.custodians", "");
        }
    }

    private void report(FindingCode code, String path, String rule, String... args) {
        findings.add(Finding.ofRule(code, path, rule, args));
    }
}
