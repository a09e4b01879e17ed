package org.sekisho.cli.policy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.sekisho.cli.ExitCodes;
import org.sekisho.cli.Texts;
import org.sekisho.cli.Workbench;
import org.sekisho.cli.output.Output;
import org.sekisho.policy.Finding;
import org.sekisho.policy.FindingLevel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sekisho policy check}: what is wrong with policy files, without a server. */
@Command(name = "check")
public final class CheckCommand implements Callable<Integer> {
    private final Workbench workbench;
    private final Texts texts;

    @Parameters(paramLabel = "FILE", arity = "1..*")
    private List<Path> files = new ArrayList<>();

    @Option(names = "--strict")
    private boolean strict;

    public CheckCommand(Workbench workbench) {
        this.workbench = workbench;
        this.texts = workbench.texts();
    }

    @Override
    public Integer call() {
        OfflinePolicy offline = new OfflinePolicy(workbench.shell().clock());
        List<CheckedFile> checked = new ArrayList<>();
        for (Path file : files) {
            checked.add(new CheckedFile(file, offline.check(new PolicyFile(texts).read(file))));
        }
        Output output = workbench.output();
        output.result(json(checked), () -> print(checked, output));
        boolean refused = checked.stream().anyMatch(file -> file.has(FindingLevel.ERROR))
                || (strict && checked.stream().anyMatch(file -> file.has(FindingLevel.WARNING)));
        return refused ? ExitCodes.REFUSED : ExitCodes.OK;
    }

    private void print(List<CheckedFile> checked, Output output) {
        for (CheckedFile file : checked) {
            if (file.findings().isEmpty()) {
                output.line(texts.text("check.clean", file.path()));
            }
            new FindingsView(texts, output).print(file.path().toString(), OfflinePolicy.json(file.findings()));
        }
        output.note(texts.text(
                "check.summary",
                count(checked, FindingLevel.ERROR),
                count(checked, FindingLevel.WARNING),
                count(checked, FindingLevel.NOTE)));
    }

    private static long count(List<CheckedFile> checked, FindingLevel level) {
        return checked.stream()
                .flatMap(file -> file.findings().stream())
                .filter(finding -> finding.level() == level)
                .count();
    }

    private static ObjectNode json(List<CheckedFile> checked) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ArrayNode files = document.putArray("files");
        for (CheckedFile file : checked) {
            files.addObject().put("file", file.path().toString()).set("findings", OfflinePolicy.json(file.findings()));
        }
        return document;
    }

    private record CheckedFile(Path path, List<Finding> findings) {
        boolean has(FindingLevel level) {
            return findings.stream().anyMatch(finding -> finding.level() == level);
        }
    }
}
