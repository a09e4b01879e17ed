package org.sekisho.cli.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sekisho.cli.CommandFailure;
import org.sekisho.cli.ExitCodes;
import org.sekisho.cli.Texts;
import org.sekisho.cli.Times;
import org.sekisho.cli.Workbench;
import org.sekisho.cli.output.Output;
import org.sekisho.cli.rest.Pause;
import org.sekisho.cli.rest.RestClient;
import org.sekisho.cli.rest.ServerRefusal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sekisho policy publish}: hands a policy to the server, and on request waits until the connected terminals run it. */
@Command(name = "publish")
public final class PublishCommand implements Callable<Integer> {
    private final Workbench workbench;
    private final Texts texts;

    @Parameters(paramLabel = "FILE")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(names = "--reason", paramLabel = "TEXT", required = true)
    @SuppressWarnings("NullAway.Init")
    private String reason;

    @Option(names = "--expect-current", paramLabel = "REVISION")
    private @Nullable Long expectedCurrent;

    @Option(names = "--pilot-unit", paramLabel = "DIVISION")
    private List<String> pilotUnits = new ArrayList<>();

    @Option(names = "--pilot-terminal", paramLabel = "ID")
    private List<String> pilotTerminals = new ArrayList<>();

    @Option(names = "--pilot-group", paramLabel = "GROUP")
    private List<String> pilotGroups = new ArrayList<>();

    @Option(names = "--wait")
    private boolean wait;

    @Option(names = "--timeout", paramLabel = "LENGTH", defaultValue = "5m")
    @SuppressWarnings("NullAway.Init")
    private String timeout;

    public PublishCommand(Workbench workbench) {
        this.workbench = workbench;
        this.texts = workbench.texts();
    }

    @Override
    public Integer call() {
        Duration patience = new Times(workbench.shell(), texts).length(timeout);
        ObjectNode wanted = JsonNodeFactory.instance
                .objectNode()
                .put("yaml", new PolicyFile(texts).read(file))
                .put("reason", reason);
        if (expectedCurrent != null) {
            wanted.put("expectedCurrent", expectedCurrent);
        }
        RestClient client = workbench.connect();
        if (!pilotUnits.isEmpty() || !pilotTerminals.isEmpty() || !pilotGroups.isEmpty()) {
            ObjectNode pilot = wanted.putObject("pilot");
            pilotUnits.forEach(pilot.putArray("units")::add);
            pilotTerminals.forEach(pilot.putArray("terminals")::add);
            groupIds(client).forEach(pilot.putArray("groups")::add);
        }
        JsonNode published = publish(client, wanted);
        Output output = workbench.output();
        if (!wait || PublishedView.waitsForConsent(published)) {
            output.result(published, () -> new PublishedView(workbench).print(published));
            return wait ? ExitCodes.REFUSED : ExitCodes.OK;
        }
        String segment = published.path("segment").asText();
        String revision = published.path("revision").asText();
        output.note(texts.text("publish.done", texts.word("segment", segment), revision));
        Rollout rollout = await(client, segment, revision, patience);
        report(published, rollout, patience);
        return rollout.isDone() && rollout.refused().isEmpty() ? ExitCodes.OK : ExitCodes.REFUSED;
    }

    /** Groups go by the names that people know. */
    private List<String> groupIds(RestClient client) {
        if (pilotGroups.isEmpty()) {
            return List.of();
        }
        JsonNode known = client.get("/terminal-groups").path("items");
        return pilotGroups.stream().map(name -> groupId(known, name)).toList();
    }

    private String groupId(JsonNode known, String name) {
        for (JsonNode group : known) {
            if (group.path("name").asText().equals(name)
                    || group.path("id").asText().equals(name)) {
                return group.path("id").asText();
            }
        }
        throw new CommandFailure(ExitCodes.UNUSABLE, texts.text("publish.no-such-group", name));
    }

    private JsonNode publish(RestClient client, JsonNode wanted) {
        try {
            return client.post("/policies", wanted);
        } catch (ServerRefusal refusal) {
            new FindingsView(texts, workbench.output())
                    .explain(file.toString(), refusal.problem().path("findings"));
            throw refusal;
        }
    }

    private Rollout await(RestClient client, String segment, String revision, Duration patience) {
        try {
            return new RolloutWatch(client, Pause.REAL, System::nanoTime)
                    .until(
                            segment,
                            revision,
                            patience,
                            now -> workbench
                                    .output()
                                    .note(texts.text(
                                            "publish.progress",
                                            now.enforced().size(),
                                            now.connected(),
                                            now.refused().size())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCodes.UNUSABLE, texts.text("publish.interrupted"), e);
        }
    }

    private void report(JsonNode published, Rollout rollout, Duration patience) {
        Output output = workbench.output();
        ObjectNode whole = published.isObject() ? published.deepCopy() : JsonNodeFactory.instance.objectNode();
        whole.set("rollout", rollout.json());
        output.result(whole, () -> {
            output.line(texts.text(
                    rollout.connected() == 0
                            ? "publish.none-connected"
                            : rollout.isDone() ? "publish.settled" : "publish.timeout",
                    rollout.enforced().size(),
                    rollout.connected(),
                    rollout.refused().size(),
                    patience.toSeconds()));
            new RolloutView(texts, output).printLaggards(rollout);
        });
    }
}
