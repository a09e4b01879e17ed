package org.sekisho.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sekisho.v1.ChannelDefault;
import org.sekisho.v1.DeviceGroup;
import org.sekisho.v1.Policy;
import org.sekisho.v1.Rule;

/**
 * A policy on its way from one version to another: after each single step it is a whole policy again, so that the effects
 * of the steps add up to the effect of all. Each method takes one step and tells its effect. One thread.
 */
final class RuleBook {
    private static final String GROUPS = "media.device-groups";

    private final Map<Integer, Outcome> defaults = new HashMap<>();
    private final Map<String, DeviceGroup> groups = new HashMap<>();
    private final List<CompiledRule> rules = new ArrayList<>();
    private RuleCompiler compiler;

    RuleBook(Policy policy) {
        for (ChannelDefault fallback : policy.getDefaultsList()) {
            defaults.putIfAbsent(fallback.getChannelValue(), Outcome.of(fallback));
        }
        for (DeviceGroup group : policy.getDeviceGroupsList()) {
            groups.putIfAbsent(group.getName(), group);
        }
        compiler = new RuleCompiler(List.copyOf(groups.values()));
        for (Rule rule : policy.getRulesList()) {
            rules.add(compiled(rule));
        }
    }

    private CompiledRule compiled(Rule rule) {
        return CompiledRule.of(rule, compiler, 0);
    }

    Effect setDefault(int channel, Outcome outcome) {
        Effect effect = new Effect();
        effect.shift(fallback(channel), outcome);
        defaults.put(channel, outcome);
        return effect;
    }

    private Outcome fallback(int channel) {
        return defaults.getOrDefault(channel, Outcome.ABSENT);
    }

    Effect add(int index, Rule rule) {
        Effect effect = new Effect();
        rules.add(index, compiled(rule));
        gain(index, rules.get(index), false, effect);
        return effect;
    }

    Effect remove(int index) {
        Effect effect = new Effect();
        lose(index, rules.get(index), false, effect);
        rules.remove(index);
        return effect;
    }

    /** Changes a rule where it stands. */
    Effect replace(int index, Rule rule) {
        CompiledRule before = rules.get(index);
        CompiledRule after = compiled(rule);
        Effect effect = new Effect();
        change(index, before, after, false, effect);
        rules.set(index, after);
        return effect;
    }

    /** Takes a rule to another place; {@code to} counts without it. */
    Effect move(int from, int to) {
        Effect effect = new Effect();
        CompiledRule moved = rules.remove(from);
        if (acts(moved)) {
            for (CompiledRule other : rules.subList(Math.min(from, to), Math.max(from, to))) {
                if (meet(other, moved, false)) {
                    effect.shift(
                            to > from ? moved.outcome() : other.outcome(),
                            to > from ? other.outcome() : moved.outcome());
                }
            }
        }
        rules.add(to, moved);
        return effect;
    }

    /**
     * Defines a group anew, for all rules at once.
     *
     * @param group without members: no device is in it any more
     */
    Effect setGroup(DeviceGroup group) {
        List<CompiledRule> before = List.copyOf(rules);
        groups.put(group.getName(), group);
        compiler = new RuleCompiler(List.copyOf(groups.values()));
        rules.replaceAll(rule -> compiled(rule.source()));
        Effect effect = new Effect();
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i).source().getMedia().getDeviceGroupsList().contains(group.getName())) {
                change(i, before.get(i), rules.get(i), true, effect);
            }
        }
        return effect;
    }

    private void change(int index, CompiledRule before, CompiledRule after, boolean groupsChange, Effect effect) {
        boolean sameChannel =
                before.source().getChannelValue() == after.source().getChannelValue();
        if (!acts(before) || !acts(after) || !sameChannel) {
            gain(index, after, groupsChange, effect);
            lose(index, before, groupsChange, effect);
            return;
        }
        effect.shift(before.outcome(), after.outcome());
        if (!Clause.covers(before.clauses(), after.clauses())) {
            gain(index, after, groupsChange, effect);
        }
        if (!Clause.covers(after.clauses(), before.clauses())) {
            lose(index, before, groupsChange, effect);
        }
    }

    /** Acts that later rules decided now meet this one. */
    private void gain(int index, CompiledRule rule, boolean groupsChange, Effect effect) {
        deciders(index, rule, groupsChange).forEach(later -> effect.shift(later, rule.outcome()));
    }

    /** Acts that this rule decided now meet later ones. */
    private void lose(int index, CompiledRule rule, boolean groupsChange, Effect effect) {
        deciders(index, rule, groupsChange).forEach(later -> effect.shift(rule.outcome(), later));
    }

    /**
     * Outcomes of what might decide the acts that a rule at a place meets, if it were not there.
     *
     * @param groupsChange whether device groups mean something else before than after, so that nothing may rest on them
     */
    private List<Outcome> deciders(int index, CompiledRule rule, boolean groupsChange) {
        if (!acts(rule) || isTakenBefore(index, rule, groupsChange)) {
            return List.of();
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (CompiledRule later : rules.subList(index + 1, rules.size())) {
            if (meet(later, rule, groupsChange)) {
                outcomes.add(later.outcome());
                if (takesAll(later, rule, groupsChange)) {
                    return outcomes;
                }
            }
        }
        outcomes.add(fallback(rule.source().getChannelValue()));
        return outcomes;
    }

    private boolean isTakenBefore(int index, CompiledRule rule, boolean groupsChange) {
        return rules.subList(0, index).stream()
                .anyMatch(earlier -> meet(earlier, rule, groupsChange) && takesAll(earlier, rule, groupsChange));
    }

    private static boolean acts(CompiledRule rule) {
        return !rule.source().getDisabled() && !Clause.isNever(rule.clauses());
    }

    private static boolean meet(CompiledRule some, CompiledRule other, boolean groupsChange) {
        // A rule whose groups change may come to act by it, so that its clauses of now prove nothing.
        List<Clause> clauses = groupsChange ? withoutGroups(some.clauses()) : some.clauses();
        return !some.source().getDisabled()
                && some.source().getChannelValue() == other.source().getChannelValue()
                && !Clause.exclude(clauses, other.clauses());
    }

    private static boolean takesAll(CompiledRule wide, CompiledRule narrow, boolean groupsChange) {
        boolean restsOnGroups = wide.clauses().stream().anyMatch(RuleBook::isGroups);
        return !(groupsChange && restsOnGroups) && Clause.covers(wide.clauses(), narrow.clauses());
    }

    private static List<Clause> withoutGroups(List<Clause> clauses) {
        return clauses.stream().filter(clause -> !isGroups(clause)).toList();
    }

    private static boolean isGroups(Clause clause) {
        return clause.path().equals(GROUPS);
    }
}
