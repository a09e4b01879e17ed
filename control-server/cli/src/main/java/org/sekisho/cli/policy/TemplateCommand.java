package org.sekisho.cli.policy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.sekisho.cli.CommandFailure;
import org.sekisho.cli.ExitCodes;
import org.sekisho.cli.Workbench;
import org.sekisho.policy.PolicyTemplates;
import org.sekisho.v1.Segment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code sekisho policy template}: the YAML of a template as it ships with this tool, to begin a policy with; asks no server. */
@Command(name = "template")
public final class TemplateCommand implements Callable<Integer> {
    private final Workbench workbench;

    @Parameters(index = "0", paramLabel = "NAME")
    @SuppressWarnings("NullAway.Init")
    private String name;

    public TemplateCommand(Workbench workbench) {
        this.workbench = workbench;
    }

    @Override
    public Integer call() {
        Segment segment = named(name)
                .orElseThrow(() -> new CommandFailure(
                        ExitCodes.UNUSABLE, workbench.texts().text("template.unknown", name, names())));
        String yaml = PolicyTemplates.text(segment);
        workbench
                .output()
                .result(
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("segment", segment.name())
                                .put("yaml", yaml),
                        () -> workbench.output().block(yaml));
        return ExitCodes.OK;
    }

    private static Optional<Segment> named(String typed) {
        String wanted = SegmentName.ofTyped(typed);
        return PolicyTemplates.segments().stream()
                .filter(segment -> segment.name().equals(wanted))
                .findFirst();
    }

    private static String names() {
        return PolicyTemplates.segments().stream()
                .map(segment -> segment.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .collect(Collectors.joining(", "));
    }
}
