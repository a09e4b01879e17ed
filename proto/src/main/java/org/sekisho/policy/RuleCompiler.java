package org.sekisho.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.sekisho.v1.DeviceGroup;
import org.sekisho.v1.Grade;
import org.sekisho.v1.LoginState;
import org.sekisho.v1.Rule;
import org.sekisho.v1.Rule.WhatCase;
import org.sekisho.v1.Who;

/**
 * Turns a rule into its clauses, in the order of the contract. What has no meaning (a malformed date, an unknown group)
 * matches nothing; {@link PolicyCheck} refuses a policy with such values. Immutable, safe for all threads.
 */
final class RuleCompiler {
    private final Map<String, GroupCriterion.Group> groups;

    RuleCompiler(List<DeviceGroup> definitions) {
        Map<String, GroupCriterion.Group> byName = new HashMap<>();
        for (DeviceGroup definition : definitions) {
            // The first of a name counts, as everywhere in a policy.
            byName.putIfAbsent(
                    definition.getName(),
                    new GroupCriterion.Group(definition.getMembersList().stream()
                            // Groups do not nest: within one, no group is known.
                            .map(member -> new MediaCompiler(Map.of()).compile(member))
                            .toList()));
        }
        this.groups = Map.copyOf(byName);
    }

    List<Clause> compile(Rule rule) {
        List<Clause> clauses = new ArrayList<>();
        who(rule.getWho(), clauses);
        TimeCompiler.compile(rule.getWhen(), clauses);
        if (rule.getLoginCount() > 0) {
            clauses.add(new Clause(
                    "login", oneOf(logins(rule), c -> login(c.circumstances().getLogin()))));
        }
        content(rule, clauses);
        if (rule.getWhatCase() != WhatCase.WHAT_NOT_SET
                && rule.getWhatCase() != SubjectCompiler.subjectOf(rule.getChannel())) {
            clauses.add(new Clause("channel", new Criterion.Never()));
        } else {
            SubjectCompiler.compile(rule, groups, clauses);
        }
        return List.copyOf(clauses);
    }

    private static Set<LoginState> logins(Rule rule) {
        Set<LoginState> states = new HashSet<>(rule.getLoginList());
        states.remove(LoginState.LOGIN_STATE_UNSPECIFIED);
        states.remove(LoginState.UNRECOGNIZED);
        return states;
    }

    private static LoginState login(LoginState state) {
        return state == LoginState.LOGIN_STATE_UNSPECIFIED ? LoginState.NONE : state;
    }

    private static void who(Who who, List<Clause> clauses) {
        folded(
                "who.users",
                who.getUsersList(),
                true,
                c -> List.of(c.circumstances().getUser()),
                clauses);
        folded("who.groups", who.getGroupsList(), false, c -> c.circumstances().getGroupsList(), clauses);
        if (who.getOrgUnitsCount() > 0) {
            clauses.add(new Clause("who.org-units", new Criterion.OrgUnits(List.copyOf(who.getOrgUnitsList()))));
        }
        folded(
                "who.terminals",
                who.getTerminalsList(),
                false,
                c -> List.of(c.circumstances().getTerminal(), c.circumstances().getHost()),
                clauses);
    }

    private static void content(Rule rule, List<Clause> clauses) {
        if (rule.getContentCount() == 0) {
            return;
        }
        List<ContentCriterion.Wanted> wanted = rule.getContentList().stream()
                .filter(condition -> condition.getMinGrade() != Grade.UNRECOGNIZED)
                .map(ContentCriterion.Wanted::of)
                .toList();
        clauses.add(new Clause("content", wanted.isEmpty() ? new Criterion.Never() : new ContentCriterion(wanted)));
    }

    /** Texts without regard to case, where any are stated. */
    static void folded(
            String path,
            List<String> patterns,
            boolean single,
            Function<Case, List<String>> texts,
            List<Clause> clauses) {
        if (!patterns.isEmpty()) {
            List<Glob> globs =
                    patterns.stream().map(CaseFold::fold).map(Glob::ofText).toList();
            clauses.add(new Clause(path, new Criterion.Patterns(globs, texts, single, true)));
        }
    }

    static Criterion oneOf(Set<?> values, Function<Case, ?> value) {
        return values.isEmpty() ? new Criterion.Never() : new Criterion.OneOf(values, value);
    }
}
