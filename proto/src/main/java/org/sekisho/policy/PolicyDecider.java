package org.sekisho.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sekisho.policy.Explanation.Lifting;
import org.sekisho.policy.Explanation.RuleTrace;
import org.sekisho.policy.Explanation.Standing;
import org.sekisho.v1.Attempt;
import org.sekisho.v1.Channel;
import org.sekisho.v1.Circumstances;
import org.sekisho.v1.Decision;
import org.sekisho.v1.MediaClass;
import org.sekisho.v1.Notice;
import org.sekisho.v1.Policy;
import org.sekisho.v1.Reason;
import org.sekisho.v1.Rule;
import org.sekisho.v1.Severity;
import org.sekisho.v1.Verdict;

/**
 * Decides attempts by one revision of a policy: the first rule whose every stated condition holds, else the channel's
 * default, else {@code BLOCK}. The same input gives the same decision everywhere and at any time; nothing is thrown
 * whatever the messages hold. What is stated without meaning matches nothing, and a verdict without meaning is
 * {@code BLOCK}. {@code audit_only} is left to the caller: a decision is as decided.
 *
 * <p>Immutable, safe for all threads. Making one costs as much as the policy is long; a decision costs little.
 */
public final class PolicyDecider {
    private static final PolicyDecider FAIL_CLOSED = new PolicyDecider(Policy.getDefaultInstance(), Reason.NO_POLICY);
    private static final PolicyDecider ISOLATED = new PolicyDecider(Policy.getDefaultInstance(), Reason.ISOLATED);

    private final Policy policy;
    /** Why everything but the keyboard is denied; unspecified: the policy decides. */
    private final Reason denied;

    private final List<CompiledRule> rules;
    /** By number of the channel; the last is for channels that this version does not know. */
    private final List<ChannelRules> channels;

    private PolicyDecider(Policy policy, Reason denied) {
        this.policy = policy;
        this.denied = denied;
        RuleCompiler compiler = new RuleCompiler(policy.getDeviceGroupsList());
        this.rules = policy.getRulesList().stream()
                .map(rule -> CompiledRule.of(rule, compiler, policy.getRevision()))
                .toList();
        List<ChannelRules> byNumber = new ArrayList<>();
        for (int number = 0; number <= lastChannel() + 1; number++) {
            byNumber.add(ChannelRules.of(number, policy, rules));
        }
        this.channels = List.copyOf(byNumber);
    }

    private static int lastChannel() {
        return Channel.SCREEN_VALUE;
    }

    /** Decides by this policy, which {@link PolicyCheck} should have found without error. */
    public static PolicyDecider of(Policy policy) {
        return new PolicyDecider(policy, Reason.REASON_UNSPECIFIED);
    }

    /**
     * Decides where there is no policy: {@code BLOCK} for everything, with reason {@code NO_POLICY}, but for keyboards,
     * pointers and the hubs they are plugged into, so that a person can still work the terminal and set it right.
     */
    public static PolicyDecider failClosed() {
        return FAIL_CLOSED;
    }

    /** Denies everything but the keyboard because the terminal is isolated. */
    public static PolicyDecider isolated() {
        return ISOLATED;
    }

    /** The policy that decides; the default instance when there is none. */
    public Policy policy() {
        return policy;
    }

    /** Decides without permits. */
    public Decision decide(Circumstances circumstances, Attempt attempt) {
        return decide(Permits.NONE, circumstances, attempt);
    }

    /**
     * Decides. A permit that lifts the deciding rule turns its {@code BLOCK}, {@code READ_ONLY} or {@code JUSTIFY} into
     * {@code AUDIT} with reason {@code PERMIT_USED}; one that is for the way in only turns {@code BLOCK} of a medium into
     * {@code READ_ONLY}. Without a policy no permit lifts anything.
     */
    public Decision decide(Permits permits, Circumstances circumstances, Attempt attempt) {
        if (denied != Reason.REASON_UNSPECIFIED) {
            return withoutPolicy(attempt);
        }
        ChannelRules channel = channel(attempt);
        Case attempted = new Case(circumstances, attempt);
        for (CompiledRule rule : channel.rules()) {
            if (Clause.hold(rule.clauses(), attempted)) {
                return rule.outcome().liftable()
                        ? permits.lifting(rule.source().getId(), rule.outcome().verdict(), circumstances, attempt)
                                .map(rule::liftedBy)
                                .orElse(rule.decision())
                        : rule.decision();
            }
        }
        return channel.fallback();
    }

    private ChannelRules channel(Attempt attempt) {
        int number = attempt.getChannelValue();
        return channels.get(number < 0 || number > lastChannel() ? lastChannel() + 1 : number);
    }

    private Decision withoutPolicy(Attempt attempt) {
        boolean input = attempt.getChannel() == Channel.MEDIA
                && isInput(attempt.getMedia().getMediaClass());
        return Decision.newBuilder()
                .setVerdict(input ? Verdict.ALLOW : Verdict.BLOCK)
                .setSeverity(Severity.LOW)
                .setReason(denied)
                .build();
    }

    private static boolean isInput(MediaClass type) {
        return type == MediaClass.KEYBOARD || type == MediaClass.POINTER || type == MediaClass.HUB;
    }

    /** Decides without permits, and says of every rule how it stood. */
    public Explanation explain(Circumstances circumstances, Attempt attempt) {
        return explain(Permits.NONE, circumstances, attempt);
    }

    /** Decides, and says of every rule how it stood, and what the permits have changed. */
    public Explanation explain(Permits permits, Circumstances circumstances, Attempt attempt) {
        Case attempted = new Case(circumstances, attempt);
        List<RuleTrace> traces = new ArrayList<>();
        boolean decided = false;
        boolean liftable = false;
        for (CompiledRule rule : rules) {
            String id = rule.source().getId();
            if (rule.source().getDisabled()) {
                traces.add(new RuleTrace(id, Standing.DISABLED, ""));
            } else if (rule.source().getChannelValue() != attempt.getChannelValue()) {
                traces.add(new RuleTrace(id, Standing.OTHER_CHANNEL, ""));
            } else {
                Clause failed = rule.firstFailing(attempted);
                Standing standing = failed != null ? Standing.NO_MATCH : decided ? Standing.TOO_LATE : Standing.DECIDED;
                liftable |= standing == Standing.DECIDED && rule.outcome().liftable();
                decided |= failed == null;
                traces.add(new RuleTrace(id, standing, failed == null ? "" : failed.path()));
            }
        }
        Decision decision = decide(permits, circumstances, attempt);
        Decision alone = decide(circumstances, attempt);
        return new Explanation(decision, alone, lifting(decision, alone, liftable), traces);
    }

    private static Lifting lifting(Decision decision, Decision alone, boolean liftable) {
        if (!decision.getPermit().isEmpty()) {
            return Lifting.LIFTED;
        }
        if (!Outcome.isRestriction(alone.getVerdict())) {
            return Lifting.NOT_NEEDED;
        }
        return liftable ? Lifting.NONE_IN_FORCE : Lifting.NOT_LIFTABLE;
    }

    /**
     * What the user is told.
     *
     * @param channel of the attempt
     * @param decision by this decider; one by another revision gets the built-in text
     * @param language Japanese, or any other for English
     * @return the rule's or default's own notice, else a built-in text; empty when there is nothing to tell
     */
    public String notice(Channel channel, Decision decision, Locale language) {
        Notice own = ownNotice(channel, decision);
        return own == null ? Notices.builtIn(decision, language) : Notices.in(own, decision, language);
    }

    private @Nullable Notice ownNotice(Channel channel, Decision decision) {
        if (denied != Reason.REASON_UNSPECIFIED || decision.getRevision() != policy.getRevision()) {
            return null;
        }
        if (decision.getRule().isEmpty()) {
            return policy.getDefaultsList().stream()
                    .filter(fallback -> fallback.getChannel() == channel && fallback.hasNotice())
                    .findFirst()
                    .map(fallback -> fallback.getNotice())
                    .orElse(null);
        }
        return policy.getRulesList().stream()
                .filter(rule -> rule.getId().equals(decision.getRule()) && rule.hasNotice())
                .findFirst()
                .map(Rule::getNotice)
                .orElse(null);
    }
}
