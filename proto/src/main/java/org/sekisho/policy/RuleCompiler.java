package org.sekisho.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.sekisho.v1.Attempt;
import org.sekisho.v1.Channel;
import org.sekisho.v1.ClipboardCondition;
import org.sekisho.v1.DeviceGroup;
import org.sekisho.v1.Grade;
import org.sekisho.v1.LoginState;
import org.sekisho.v1.NetworkCondition;
import org.sekisho.v1.PortRange;
import org.sekisho.v1.PrintCondition;
import org.sekisho.v1.Process;
import org.sekisho.v1.ProgramMatch;
import org.sekisho.v1.Rule;
import org.sekisho.v1.Rule.WhatCase;
import org.sekisho.v1.ScreenCondition;
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

    /** The subject that a channel's rules may have. */
    static WhatCase subjectOf(Channel channel) {
        return switch (channel) {
            case MEDIA -> WhatCase.MEDIA;
            case CLIPBOARD -> WhatCase.CLIPBOARD;
            case PRINT -> WhatCase.PRINT;
            case NETWORK -> WhatCase.NETWORK;
            case PROGRAM -> WhatCase.PROGRAM;
            case SCREEN -> WhatCase.SCREEN;
            case CHANNEL_UNSPECIFIED, UNRECOGNIZED -> WhatCase.WHAT_NOT_SET;
        };
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
        if (rule.getWhatCase() != WhatCase.WHAT_NOT_SET && rule.getWhatCase() != subjectOf(rule.getChannel())) {
            clauses.add(new Clause("channel", new Criterion.Never()));
        } else {
            what(rule, clauses);
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

    private void what(Rule rule, List<Clause> clauses) {
        switch (rule.getWhatCase()) {
            case MEDIA -> clauses.addAll(new MediaCompiler(groups).compile(rule.getMedia()));
            case CLIPBOARD -> clipboard(rule.getClipboard(), clauses);
            case PRINT -> print(rule.getPrint(), clauses);
            case NETWORK -> network(rule.getNetwork(), clauses);
            case PROGRAM -> {
                program(
                        "program.program",
                        rule.getProgram().getProgram(),
                        c -> c.getProgram().getProgram(),
                        clauses);
                program(
                        "program.parent",
                        rule.getProgram().getParent(),
                        c -> c.getProgram().getParent(),
                        clauses);
            }
            case SCREEN -> screen(rule.getScreen(), clauses);
            case WHAT_NOT_SET -> {}
        }
    }

    private static void clipboard(ClipboardCondition condition, List<Clause> clauses) {
        program("clipboard.source", condition.getSource(), a -> a.getClipboard().getSource(), clauses);
        program(
                "clipboard.destination",
                condition.getDestination(),
                a -> a.getClipboard().getDestination(),
                clauses);
        if (condition.getFormatsCount() > 0) {
            Set<?> formats = MediaCompiler.known(condition.getFormatsList());
            clauses.add(new Clause(
                    "clipboard.formats",
                    formats.isEmpty()
                            ? new Criterion.Never()
                            : new Criterion.AnyOf(
                                    formats, c -> c.attempt().getClipboard().getFormatsList())));
        }
        if (condition.getSelectionsCount() > 0) {
            clauses.add(new Clause(
                    "clipboard.selections",
                    oneOf(
                            MediaCompiler.known(condition.getSelectionsList()),
                            c -> c.attempt().getClipboard().getSelection())));
        }
        if (condition.getMinBytes() != 0) {
            clauses.add(new Clause(
                    "clipboard.min-bytes",
                    new Criterion.AtLeast(
                            condition.getMinBytes(), c -> c.attempt().getBytes())));
        }
    }

    private static void print(PrintCondition condition, List<Clause> clauses) {
        folded(
                "print.printers",
                condition.getPrintersList(),
                true,
                c -> List.of(c.attempt().getPrint().getPrinter()),
                clauses);
        folded(
                "print.device-uris",
                condition.getDeviceUrisList(),
                true,
                c -> List.of(c.attempt().getPrint().getDeviceUri()),
                clauses);
        program("print.program", condition.getProgram(), a -> a.getPrint().getProgram(), clauses);
        if (condition.getMinPages() != 0) {
            clauses.add(new Clause(
                    "print.min-pages",
                    new Criterion.AtLeast(
                            Integer.toUnsignedLong(condition.getMinPages()),
                            c -> Integer.toUnsignedLong(c.attempt().getPrint().getPages()))));
        }
    }

    private static void network(NetworkCondition condition, List<Clause> clauses) {
        if (condition.getDestinationsCount() > 0) {
            List<Destination> places = new ArrayList<>();
            for (String text : condition.getDestinationsList()) {
                Destination place = Destination.parse(text);
                if (place != null) {
                    places.add(place);
                }
            }
            clauses.add(new Clause(
                    "network.destinations",
                    places.isEmpty() ? new Criterion.Never() : new DestinationCriterion(places)));
        }
        if (condition.getPortsCount() > 0) {
            List<PortRange> ports = condition.getPortsList();
            clauses.add(new Clause(
                    "network.ports",
                    ports.stream().noneMatch(PortCriterion::isValid)
                            ? new Criterion.Never()
                            : PortCriterion.of(ports)));
        }
        if (condition.getProtocolsCount() > 0) {
            clauses.add(new Clause(
                    "network.protocols",
                    oneOf(
                            MediaCompiler.known(condition.getProtocolsList()),
                            c -> c.attempt().getNetwork().getProtocol())));
        }
        program("network.program", condition.getProgram(), a -> a.getNetwork().getProgram(), clauses);
    }

    private static void screen(ScreenCondition condition, List<Clause> clauses) {
        program("screen.program", condition.getProgram(), a -> a.getScreen().getProgram(), clauses);
        if (condition.getActsCount() > 0) {
            clauses.add(new Clause(
                    "screen.acts",
                    oneOf(
                            MediaCompiler.known(condition.getActsList()),
                            c -> c.attempt().getScreen().getAct())));
        }
    }

    private static void program(
            String path, ProgramMatch match, Function<Attempt, Process> process, List<Clause> clauses) {
        if (match.getPathsCount() > 0) {
            List<PathGlob> globs =
                    match.getPathsList().stream().map(PathGlob::new).toList();
            clauses.add(new Clause(
                    path + ".paths",
                    new Criterion.Paths(globs, c -> process.apply(c.attempt()).getPath())));
        }
        if (match.getSha256Count() > 0) {
            clauses.add(new Clause(
                    path + ".sha256",
                    oneOf(
                            MediaCompiler.stated(match.getSha256List()),
                            c -> CaseFold.fold(process.apply(c.attempt()).getSha256()))));
        }
        folded(
                path + ".signers",
                match.getSignersList(),
                true,
                c -> List.of(process.apply(c.attempt()).getSigner()),
                clauses);
    }

    private static void folded(
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
