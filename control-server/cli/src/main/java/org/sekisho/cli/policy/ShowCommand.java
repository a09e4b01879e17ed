package org.sekisho.cli.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import org.sekisho.cli.ExitCodes;
import org.sekisho.cli.Workbench;
import org.sekisho.cli.rest.Query;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code sekisho policy show}: the YAML of the running or of a named revision, fit to be edited and published again. */
@Command(name = "show")
public final class ShowCommand implements Callable<Integer> {
    private final Workbench workbench;

    @Parameters(index = "0", paramLabel = "SEGMENT")
    @SuppressWarnings("NullAway.Init")
    private String segment;

    @Parameters(index = "1", paramLabel = "REVISION", arity = "0..1", defaultValue = "current")
    @SuppressWarnings("NullAway.Init")
    private String revision;

    public ShowCommand(Workbench workbench) {
        this.workbench = workbench;
    }

    @Override
    public Integer call() {
        JsonNode policy = workbench
                .connect()
                .get("/policies/" + Query.segment(SegmentName.ofTyped(segment)) + "/" + Query.segment(revision));
        workbench
                .output()
                .result(
                        policy,
                        () -> workbench.output().block(policy.path("yaml").asText("")));
        return ExitCodes.OK;
    }
}
