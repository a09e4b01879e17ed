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

/** {@code sekisho policy approve}: consents to what somebody else proposed; it becomes the next revision. */
@Command(name = "approve")
public final class ApproveCommand implements Callable<Integer> {
    private final Workbench workbench;

    @Parameters(paramLabel = "PROPOSAL")
    private long proposal;

    @Option(names = "--reason", paramLabel = "TEXT")
    private @Nullable String reason;

    public ApproveCommand(Workbench workbench) {
        this.workbench = workbench;
    }

    @Override
    public Integer call() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        if (reason != null) {
            body.put("reason", reason);
        }
        JsonNode answer = workbench.connect().post("/policy-proposals/" + proposal + "/approval", body);
        workbench.output().result(answer, () -> new PublishedView(workbench).print(answer));
        return ExitCodes.OK;
    }
}
