package org.sekisho.policy;

import java.util.List;
import org.sekisho.v1.ChannelDefault;
import org.sekisho.v1.Decision;
import org.sekisho.v1.Policy;
import org.sekisho.v1.Reason;

/** The enabled rules of one channel, in order, and what decides when none of them does. */
record ChannelRules(List<CompiledRule> rules, Decision fallback) {
    static ChannelRules of(int channel, Policy policy, List<CompiledRule> all) {
        Outcome outcome = policy.getDefaultsList().stream()
                .filter(fallback -> fallback.getChannelValue() == channel)
                .findFirst()
                .map((ChannelDefault fallback) -> Outcome.of(fallback))
                .orElse(Outcome.ABSENT);
        Decision fallback = Decision.newBuilder()
                .setVerdict(outcome.verdict())
                .setRevision(policy.getRevision())
                .setSeverity(outcome.severity())
                .setReason(Reason.CHANNEL_DEFAULT)
                .build();
        List<CompiledRule> rules = all.stream()
                .filter(rule -> rule.source().getChannelValue() == channel
                        && !rule.source().getDisabled())
                .toList();
        return new ChannelRules(rules, fallback);
    }
}
