package org.sekisho.cli.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sekisho.cli.ExitCodes;
import org.sekisho.cli.Texts;
import org.sekisho.cli.Workbench;
import org.sekisho.cli.output.Output;
import org.sekisho.cli.output.Table;
import org.sekisho.cli.rest.Query;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sekisho policy list}: the published revisions and how far each has come. */
@Command(name = "list")
public final class ListCommand implements Callable<Integer> {
    private final Workbench workbench;

    @Option(names = "--segment", paramLabel = "SEGMENT")
    private @Nullable String segment;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "100")
    private int limit;

    public ListCommand(Workbench workbench) {
        this.workbench = workbench;
    }

    @Override
    public Integer call() {
        String wanted = segment == null ? null : SegmentName.ofTyped(segment);
        JsonNode found = workbench.connect().list("/policies", new Query().with("segment", wanted), limit);
        Output output = workbench.output();
        Texts texts = workbench.texts();
        output.result(found, () -> {
            Table table = new Table(texts.text("policies.headings").split("\\|", -1));
            for (JsonNode policy : found.path("items")) {
                JsonNode rollout = policy.path("rollout");
                table.row(
                        texts.word("segment", policy.path("segment").asText("")),
                        policy.path("revision").asText(""),
                        policy.path("current").asBoolean() ? texts.text("policies.current") : "",
                        policy.path("name").asText(""),
                        output.time(policy.path("publishedAt")),
                        policy.path("publishedBy").asText(""),
                        rollout.path("enforced").asText("0") + "/"
                                + rollout.path("intended").asText("0"),
                        policy.path("reason").asText(""));
            }
            output.table(table, "policies.none");
        });
        return ExitCodes.OK;
    }
}
