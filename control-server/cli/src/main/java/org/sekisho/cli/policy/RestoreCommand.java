package org.sekisho.cli.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.concurrent.Callable;
import org.sekisho.cli.ExitCodes;
import org.sekisho.cli.Workbench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sekisho policy restore}: goes back: publishes what an earlier revision said, under the next number. */
@Command(name = "restore")
public final class RestoreCommand implements Callable<Integer> {
    private final Workbench workbench;

    @Parameters(index = "0", paramLabel = "SEGMENT")
    @SuppressWarnings("NullAway.Init")
    private String segment;

    @Parameters(index = "1", paramLabel = "REVISION")
    private long revision;

    @Option(names = "--reason", paramLabel = "TEXT", required = true)
    @SuppressWarnings("NullAway.Init")
    private String reason;

    public RestoreCommand(Workbench workbench) {
        this.workbench = workbench;
    }

    @Override
    public Integer call() {
        JsonNode answer = workbench
                .connect()
                .post(
                        "/policies/" + SegmentName.ofTyped(segment) + "/" + revision + "/restoration",
                        JsonNodeFactory.instance.objectNode().put("reason", reason));
        workbench.output().result(answer, () -> new PublishedView(workbench).print(answer));
        return ExitCodes.OK;
    }
}
