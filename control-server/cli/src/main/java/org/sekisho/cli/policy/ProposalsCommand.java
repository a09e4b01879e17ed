package org.sekisho.cli.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import org.sekisho.cli.ExitCodes;
import org.sekisho.cli.Texts;
import org.sekisho.cli.Workbench;
import org.sekisho.cli.output.Output;
import org.sekisho.cli.output.Table;
import org.sekisho.cli.rest.Query;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sekisho policy proposals}: what loosens, and waits for a second person. */
@Command(name = "proposals")
public final class ProposalsCommand implements Callable<Integer> {
    private final Workbench workbench;

    @Option(names = "--all")
    private boolean all;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "100")
    private int limit;

    public ProposalsCommand(Workbench workbench) {
        this.workbench = workbench;
    }

    @Override
    public Integer call() {
        JsonNode found =
                workbench.connect().list("/policy-proposals", new Query().with("open", Boolean.toString(!all)), limit);
        Output output = workbench.output();
        Texts texts = workbench.texts();
        output.result(found, () -> {
            Table table = new Table(texts.text("proposals.headings").split("\\|", -1));
            for (JsonNode proposal : found.path("items")) {
                table.row(
                        proposal.path("id").asText(""),
                        texts.word("segment", proposal.path("segment").asText("")),
                        texts.word("proposal", proposal.path("state").asText("")),
                        proposal.path("proposedBy").asText(""),
                        output.time(proposal.path("proposedAt")),
                        proposal.path("decidedBy").asText(""),
                        proposal.path("reason").asText(""));
            }
            output.table(table, "proposals.none");
        });
        return ExitCodes.OK;
    }
}
