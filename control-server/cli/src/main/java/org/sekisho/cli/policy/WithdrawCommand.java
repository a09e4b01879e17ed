package org.sekisho.cli.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sekisho.cli.ExitCodes;
import org.sekisho.cli.Workbench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sekisho policy withdraw}: takes back what one proposed. */
@Command(name = "withdraw")
public final class WithdrawCommand implements Callable<Integer> {
    private final Workbench workbench;

    @Parameters(paramLabel = "PROPOSAL")
    private long proposal;

    @Option(names = "--reason", paramLabel = "TEXT")
    private @Nullable String reason;

    public WithdrawCommand(Workbench workbench) {
        this.workbench = workbench;
    }

    @Override
    public Integer call() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        if (reason != null) {
            body.put("reason", reason);
        }
        JsonNode answer = workbench.connect().post("/policy-proposals/" + proposal + "/withdrawal", body);
        workbench
                .output()
                .result(answer, () -> workbench.output().line(workbench.texts().text("proposals.withdrawn", proposal)));
        return ExitCodes.OK;
    }
}
