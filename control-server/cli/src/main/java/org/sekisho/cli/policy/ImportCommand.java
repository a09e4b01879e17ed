package org.sekisho.cli.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.sekisho.cli.CommandFailure;
import org.sekisho.cli.ExitCodes;
import org.sekisho.cli.Texts;
import org.sekisho.cli.Workbench;
import org.sekisho.cli.output.Output;
import org.sekisho.cli.rest.RestClient;
import org.sekisho.cli.rest.ServerRefusal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code sekisho policy import}: publishes what a folder says otherwise than the server. All files are checked before the first is
 * published; a segment that says the same, or has no file, is left alone.
 */
@Command(name = "import")
public final class ImportCommand implements Callable<Integer> {
    private final Workbench workbench;
    private final Texts texts;

    @Parameters(paramLabel = "FOLDER")
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Option(names = "--reason", paramLabel = "TEXT", required = true)
    @SuppressWarnings("NullAway.Init")
    private String reason;

    @Option(names = "--dry-run")
    private boolean dryRun;

    public ImportCommand(Workbench workbench) {
        this.workbench = workbench;
        this.texts = workbench.texts();
    }

    /** What one segment's file says otherwise. */
    private record Difference(String segment, String yaml, long current) {}

    @Override
    public Integer call() {
        PolicyFolder files = new PolicyFolder(folder, texts);
        RestClient client = workbench.connect();
        List<Difference> differences = new ArrayList<>();
        boolean found = false;
        for (String segment : PolicyFolder.SEGMENTS) {
            Optional<String> yaml = files.read(segment);
            found |= yaml.isPresent();
            yaml.flatMap(text -> difference(client, segment, text)).ifPresent(differences::add);
        }
        if (!found) {
            throw new CommandFailure(ExitCodes.UNUSABLE, texts.text("import.no-files", folder));
        }
        ArrayNode compared = JsonNodeFactory.instance.arrayNode();
        differences.forEach(one -> compared.add(compare(client, files, one)));
        if (dryRun) {
            workbench.output().result(compared, () -> compared.forEach(this::printComparison));
        } else {
            ArrayNode published = JsonNodeFactory.instance.arrayNode();
            differences.forEach(one -> published.add(publish(client, one)));
            workbench
                    .output()
                    .result(published, () -> published.forEach(one -> new PublishedView(workbench).print(one)));
        }
        if (differences.isEmpty()) {
            workbench.output().note(texts.text("import.same"));
        }
        return ExitCodes.OK;
    }

    private static Optional<Difference> difference(RestClient client, String segment, String yaml) {
        Optional<JsonNode> current = ExportCommand.current(client, segment);
        if (current.filter(policy -> policy.path("yaml").asText().equals(yaml)).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(new Difference(
                segment,
                yaml,
                current.map(policy -> policy.path("revision").asLong()).orElse(0L)));
    }

    /** Also the check that it can be published at all: nothing is published before every file has passed. */
    private JsonNode compare(RestClient client, PolicyFolder files, Difference one) {
        JsonNode checked = client.post("/policies/check", draft(one));
        boolean broken = false;
        for (JsonNode finding : checked.path("findings")) {
            broken |= finding.path("severity").asText().equals("ERROR");
        }
        String file = files.file(one.segment()).toString();
        if (broken) {
            new FindingsView(texts, workbench.output()).explain(file, checked.path("findings"));
            throw new CommandFailure(ExitCodes.REFUSED, texts.text("import.broken", file));
        }
        if (!checked.path("segment").asText().equals(one.segment())) {
            throw new CommandFailure(ExitCodes.REFUSED, texts.text("import.other-segment", file));
        }
        JsonNode difference = client.post("/policies/diff", draft(one));
        return difference instanceof ObjectNode object ? object.put("segment", one.segment()) : difference;
    }

    private void printComparison(JsonNode difference) {
        Output output = workbench.output();
        output.line(texts.text(
                difference.path("needsConsent").asBoolean() ? "import.would-wait" : "import.would-publish",
                texts.word("segment", difference.path("segment").asText())));
        new ChangesView(texts, output).print(difference.path("changes"));
    }

    private JsonNode publish(RestClient client, Difference one) {
        try {
            return client.post("/policies", draft(one).put("reason", reason).put("expectedCurrent", one.current()));
        } catch (ServerRefusal refusal) {
            workbench.output().note(texts.text("import.stopped", texts.word("segment", one.segment())));
            throw refusal;
        }
    }

    private static ObjectNode draft(Difference one) {
        return JsonNodeFactory.instance.objectNode().put("yaml", one.yaml());
    }
}
