package org.sekisho.policy;

import java.util.ArrayList;
import java.util.List;
import org.sekisho.v1.Policy;
import org.sekisho.v1.Rule;

/**
 * Reports rules that can never act because an earlier one takes all that they could. What is reported is certain; a rule
 * that only several earlier ones cover together is not found. One thread.
 */
final class ShadowCheck {
    private final Policy policy;
    private final FindingList findings;

    ShadowCheck(Policy policy, FindingList findings) {
        this.policy = policy;
        this.findings = findings;
    }

    void check() {
        RuleCompiler compiler = new RuleCompiler(policy.getDeviceGroupsList());
        List<CompiledRule> earlier = new ArrayList<>();
        for (int i = 0; i < policy.getRulesCount(); i++) {
            CompiledRule rule = CompiledRule.of(policy.getRules(i), compiler, policy.getRevision());
            if (!rule.source().getDisabled() && !Clause.isNever(rule.clauses())) {
                for (CompiledRule other : earlier) {
                    if (other.source().getChannelValue() == rule.source().getChannelValue()
                            && Clause.covers(other.clauses(), rule.clauses())) {
                        report(other, rule, "rules[" + i + "]");
                        break;
                    }
                }
                earlier.add(rule);
            }
        }
    }

    private void report(CompiledRule earlier, CompiledRule rule, String path) {
        String id = rule.source().getId();
        String by = Excerpt.of(earlier.source().getId());
        if (earlier.outcome().verdict() == rule.outcome().verdict()) {
            findings.add(Finding.ofRule(FindingCode.REDUNDANT, path, id, by));
        } else if (Clause.covers(rule.clauses(), earlier.clauses())) {
            findings.add(Finding.ofRule(
                    FindingCode.CONTRADICTORY, path, id, by, word(earlier.source()), word(rule.source())));
        } else {
            findings.add(Finding.ofRule(FindingCode.SHADOWED, path, id, by));
        }
    }

    private static String word(Rule rule) {
        return Vocabulary.word(Outcome.of(rule).verdict().getValueDescriptor());
    }
}
