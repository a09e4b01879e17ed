package org.sekisho.cli.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.sekisho.cli.ExitCodes;
import org.sekisho.cli.Texts;
import org.sekisho.cli.Workbench;
import org.sekisho.cli.output.Output;
import org.sekisho.cli.output.Table;
import org.sekisho.cli.rest.Query;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sekisho audit}: what operators did, newest first. */
@Command(name = "audit")
public final class AuditCommand implements Callable<Integer> {
    private final Workbench workbench;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "100")
    private int limit;

    public AuditCommand(Workbench workbench) {
        this.workbench = workbench;
    }

    @Override
    public Integer call() {
        JsonNode found = workbench.connect().list("/audit", new Query(), limit);
        Output output = workbench.output();
        Texts texts = workbench.texts();
        output.result(found, () -> {
            Table table = new Table(texts.text("audit.headings").split("\\|", -1));
            for (JsonNode entry : found.path("items")) {
                table.row(
                        entry.path("seq").asText(""),
                        output.time(entry.path("at")),
                        entry.path("operator").asText(""),
                        entry.path("action").asText(""),
                        entry.path("target").asText(""),
                        detail(entry.path("detail")));
            }
            output.table(table, "audit.none");
        });
        return ExitCodes.OK;
    }

    private static String detail(JsonNode detail) {
        return detail.properties().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue().asText())
                .collect(Collectors.joining(", "));
    }
}
