package org.sekisho.cli.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.sekisho.cli.ExitCodes;
import org.sekisho.cli.Texts;
import org.sekisho.cli.Workbench;
import org.sekisho.cli.output.Output;
import org.sekisho.cli.rest.RestClient;
import org.sekisho.cli.rest.ServerRefusal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code sekisho policy export}: every segment's newest revision into a folder, for git. */
@Command(name = "export")
public final class ExportCommand implements Callable<Integer> {
    private final Workbench workbench;

    @Parameters(paramLabel = "FOLDER")
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    public ExportCommand(Workbench workbench) {
        this.workbench = workbench;
    }

    @Override
    public Integer call() {
        Texts texts = workbench.texts();
        PolicyFolder files = new PolicyFolder(folder, texts);
        RestClient client = workbench.connect();
        ArrayNode written = JsonNodeFactory.instance.arrayNode();
        for (String segment : PolicyFolder.SEGMENTS) {
            current(client, segment).ifPresent(policy -> {
                files.write(segment, policy.path("yaml").asText(""));
                written.addObject()
                        .put("segment", segment)
                        .put("revision", policy.path("revision").asLong())
                        .put("file", files.file(segment).toString());
            });
        }
        Output output = workbench.output();
        output.result(written, () -> {
            for (JsonNode one : written) {
                output.line(texts.text(
                        "export.done",
                        texts.word("segment", one.path("segment").asText()),
                        one.path("revision").asText(),
                        one.path("file").asText()));
            }
            if (written.isEmpty()) {
                output.line(texts.text("policies.none"));
            }
        });
        return ExitCodes.OK;
    }

    /** The segment's newest revision; empty if none is published. */
    static Optional<JsonNode> current(RestClient client, String segment) {
        try {
            return Optional.of(client.get("/policies/" + segment + "/current"));
        } catch (ServerRefusal refusal) {
            if (refusal.status() == 404) {
                return Optional.empty();
            }
            throw refusal;
        }
    }
}
