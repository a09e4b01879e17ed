package org.sekisho.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.sekisho.v1.Attempt;
import org.sekisho.v1.Channel;
import org.sekisho.v1.ClipboardCondition;
import org.sekisho.v1.NetworkCondition;
import org.sekisho.v1.PortRange;
import org.sekisho.v1.PrintCondition;
import org.sekisho.v1.Process;
import org.sekisho.v1.ProgramMatch;
import org.sekisho.v1.Rule;
import org.sekisho.v1.Rule.WhatCase;
import org.sekisho.v1.ScreenCondition;

/**
 * Turns a rule's conditions on its channel's subject into clauses; those on devices are {@link MediaCompiler}'s. Without
 * state.
 */
final class SubjectCompiler {
    private SubjectCompiler() {}

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

    /** Adds the clauses of the rule's subject. */
    static void compile(Rule rule, Map<String, GroupCriterion.Group> groups, List<Clause> clauses) {
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
                    RuleCompiler.oneOf(
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
        RuleCompiler.folded(
                "print.printers",
                condition.getPrintersList(),
                true,
                c -> List.of(c.attempt().getPrint().getPrinter()),
                clauses);
        RuleCompiler.folded(
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
                    RuleCompiler.oneOf(
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
                    RuleCompiler.oneOf(
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
                    RuleCompiler.oneOf(
                            MediaCompiler.stated(match.getSha256List()),
                            c -> CaseFold.fold(process.apply(c.attempt()).getSha256()))));
        }
        RuleCompiler.folded(
                path + ".signers",
                match.getSignersList(),
                true,
                c -> List.of(process.apply(c.attempt()).getSigner()),
                clauses);
    }
}
