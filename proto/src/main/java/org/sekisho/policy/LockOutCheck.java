package org.sekisho.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sekisho.v1.Channel;
import org.sekisho.v1.LoginState;
import org.sekisho.v1.MediaClass;
import org.sekisho.v1.NetworkState;
import org.sekisho.v1.Policy;
import org.sekisho.v1.SetMatch;
import org.sekisho.v1.Verdict;

/**
 * Reports a policy under which, in some login state, network state or time, no keyboard or no pointer would work on any
 * terminal: nobody could set it right again. {@code JUSTIFY} does not count as letting through, since the reason would have
 * to be typed. One thread.
 */
final class LockOutCheck {
    private static final List<MediaClass> INPUT = List.of(MediaClass.KEYBOARD, MediaClass.POINTER);
    private static final List<LoginState> LOGIN =
            List.of(LoginState.NONE, LoginState.PASSWORD, LoginState.VERIFIED, LoginState.LOCKED);
    private static final List<NetworkState> NETWORK = List.of(NetworkState.ON_NETWORK, NetworkState.OFF_NETWORK);
    /** USB class 03, human interface devices. */
    private static final InterfaceCriterion ONLY_HUMAN_INTERFACE =
            new InterfaceCriterion(List.of(new InterfaceCriterion.Triple(3, -1, -1)), SetMatch.EXACTLY);

    private final List<CompiledRule> rules = new ArrayList<>();
    private final List<String> paths = new ArrayList<>();
    private final boolean openByDefault;
    private final FindingList findings;

    LockOutCheck(Policy policy, FindingList findings) {
        this.findings = findings;
        RuleCompiler compiler = new RuleCompiler(policy.getDeviceGroupsList());
        for (int i = 0; i < policy.getRulesCount(); i++) {
            if (policy.getRules(i).getChannel() == Channel.MEDIA
                    && !policy.getRules(i).getDisabled()) {
                rules.add(CompiledRule.of(policy.getRules(i), compiler, policy.getRevision()));
                paths.add("rules[" + i + "]");
            }
        }
        this.openByDefault = policy.getDefaultsList().stream()
                .filter(fallback -> fallback.getChannel() == Channel.MEDIA)
                .findFirst()
                .map(fallback -> letsThrough(Outcome.of(fallback)))
                .orElse(false);
    }

    void check() {
        INPUT.forEach(this::check);
    }

    private void check(MediaClass device) {
        Finding limited = null;
        for (LoginState login : LOGIN) {
            for (NetworkState network : NETWORK) {
                Finding finding = finding(new Moment(device, login, network));
                if (finding != null && finding.level() == FindingLevel.ERROR) {
                    findings.add(finding);
                    return;
                }
                limited = limited == null ? finding : limited;
            }
        }
        if (limited != null) {
            findings.add(limited);
        }
    }

    /** Null when all ordinary devices of the class work. */
    private @Nullable Finding finding(Moment moment) {
        boolean someWork = false;
        for (int i = 0; i < rules.size(); i++) {
            CompiledRule rule = rules.get(i);
            if (letsThrough(rule.outcome())) {
                if (moment.mayMeet(rule.clauses())) {
                    if (moment.alwaysMeets(rule.clauses())) {
                        return null;
                    }
                    someWork = true;
                }
            } else if (moment.sometimesMeets(rule.clauses())) {
                return moment.finding(someWork, paths.get(i), rule.source().getId());
            }
        }
        return openByDefault ? null : moment.finding(someWork, "defaults", "");
    }

    private static boolean letsThrough(Outcome outcome) {
        return outcome.verdict() == Verdict.ALLOW || outcome.verdict() == Verdict.AUDIT;
    }

    /** Any ordinary device of a class, in one state of the terminal. */
    private record Moment(MediaClass device, LoginState login, NetworkState network) {
        private List<Clause> clauses() {
            return List.of(
                    clause("media.classes", device),
                    new Clause("media.interfaces", ONLY_HUMAN_INTERFACE),
                    clause("login", login),
                    clause("when.network", network));
        }

        private static Clause clause(String path, Enum<?> value) {
            return new Clause(path, new Criterion.OneOf(Set.of(value), attempted -> value));
        }

        boolean alwaysMeets(List<Clause> rule) {
            return Clause.covers(rule, clauses());
        }

        /** At some time, on every terminal, for everybody. */
        boolean sometimesMeets(List<Clause> rule) {
            List<Clause> timeless = rule.stream()
                    .filter(clause -> !(clause.criterion() instanceof TimeCriterion))
                    .toList();
            return Clause.covers(timeless, clauses());
        }

        /** At all times, for some device on some terminal. */
        boolean mayMeet(List<Clause> rule) {
            return !Clause.exclude(rule, clauses()) && rule.stream().noneMatch(this::standsInTheWay);
        }

        private boolean standsInTheWay(Clause clause) {
            // Before logon there is nobody, and a keyboard carries no content.
            return clause.criterion() instanceof TimeCriterion
                    || clause.path().equals("content")
                    || (login == LoginState.NONE
                            && (clause.path().equals("who.users")
                                    || clause.path().equals("who.groups")
                                    || clause.path().equals("who.org-units")));
        }

        Finding finding(boolean someWork, String path, String rule) {
            return Finding.ofRule(
                    someWork ? FindingCode.INPUT_LIMITED : FindingCode.LOCK_OUT,
                    path,
                    rule,
                    Vocabulary.word(device.getValueDescriptor()),
                    Vocabulary.word(login.getValueDescriptor()),
                    Vocabulary.word(network.getValueDescriptor()));
        }
    }
}
