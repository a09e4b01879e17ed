package org.sekisho.cli.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.sekisho.cli.CommandFailure;
import org.sekisho.cli.ExitCodes;
import org.sekisho.cli.Texts;
import org.sekisho.cli.Workbench;
import org.sekisho.cli.output.Output;
import org.sekisho.cli.rest.ServerRefusal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code sekisho policy simulate}: what a draft would have done with the attempts of the last days. Tells how far it is on
 * standard error; ending the command cancels it on the server.
 */
@Command(name = "simulate")
public final class SimulateCommand implements Callable<Integer> {
    private final Workbench workbench;
    private final Texts texts;

    @Parameters(paramLabel = "FILE")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(names = "--days", paramLabel = "N", defaultValue = "30")
    private int days;

    public SimulateCommand(Workbench workbench) {
        this.workbench = workbench;
        this.texts = workbench.texts();
    }

    @Override
    public Integer call() {
        ObjectNode wanted = JsonNodeFactory.instance
                .objectNode()
                .put("yaml", new PolicyFile(texts).read(file))
                .put("days", days);
        JsonNode report = run(wanted);
        Output output = workbench.output();
        output.result(report, () -> new SimulationView(texts, output).print(report, days));
        return ExitCodes.OK;
    }

    private JsonNode run(JsonNode wanted) {
        AtomicReference<@Nullable JsonNode> report = new AtomicReference<>();
        try {
            workbench.connect().follow("/policies/simulate", wanted, line -> {
                if (line.has("failure")) {
                    throw new CommandFailure(
                            ExitCodes.UNUSABLE,
                            texts.text("simulate.failed", line.path("failure").asText()));
                }
                if (line.has("report")) {
                    report.set(line.path("report"));
                } else {
                    workbench
                            .output()
                            .note(texts.text(
                                    "simulate.progress",
                                    line.path("done").asLong(),
                                    line.path("total").asLong()));
                }
            });
        } catch (ServerRefusal refusal) {
            new FindingsView(texts, workbench.output())
                    .explain(file.toString(), refusal.problem().path("findings"));
            throw refusal;
        }
        JsonNode found = report.get();
        if (found == null) {
            throw new CommandFailure(ExitCodes.UNUSABLE, texts.text("simulate.cut"));
        }
        return found;
    }
}
