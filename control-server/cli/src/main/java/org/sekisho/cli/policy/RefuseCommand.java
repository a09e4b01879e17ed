package org.sekisho.cli.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.concurrent.Callable;
import org.sekisho.cli.ExitCodes;
import org.sekisho.cli.Workbench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sekisho policy refuse}: says no to what somebody else proposed. */
@Command(name = "refuse")
public final class RefuseCommand implements Callable<Integer> {
    private final Workbench workbench;

    @Parameters(paramLabel = "PROPOSAL")
    private long proposal;

    @Option(names = "--reason", paramLabel = "TEXT", required = true)
    @SuppressWarnings("NullAway.Init")
    private String reason;

    public RefuseCommand(Workbench workbench) {
        this.workbench = workbench;
    }

    @Override
    public Integer call() {
        JsonNode answer = workbench
                .connect()
                .post(
                        "/policy-proposals/" + proposal + "/refusal",
                        JsonNodeFactory.instance.objectNode().put("reason", reason));
        workbench
                .output()
                .result(answer, () -> workbench.output().line(workbench.texts().text("proposals.refused", proposal)));
        return ExitCodes.OK;
    }
}
