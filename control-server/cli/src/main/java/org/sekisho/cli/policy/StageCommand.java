package org.sekisho.cli.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.concurrent.Callable;
import org.sekisho.cli.ExitCodes;
import org.sekisho.cli.Texts;
import org.sekisho.cli.Workbench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sekisho policy stage}: takes a pilot further: to all, stop it, or let it go on. */
@Command(name = "stage")
public final class StageCommand implements Callable<Integer> {
    /** Where to; the names on the command line. */
    enum To {
        all("ALL"),
        stop("STOPPED"),
        pilot("PILOT");

        private final String wire;

        To(String wire) {
            this.wire = wire;
        }
    }

    private final Workbench workbench;

    @Parameters(index = "0", paramLabel = "SEGMENT")
    @SuppressWarnings("NullAway.Init")
    private String segment;

    @Parameters(index = "1", paramLabel = "REVISION")
    private long revision;

    @Option(names = "--to", paramLabel = "all|stop|pilot", required = true)
    @SuppressWarnings("NullAway.Init")
    private To to;

    @Option(names = "--reason", paramLabel = "TEXT", required = true)
    @SuppressWarnings("NullAway.Init")
    private String reason;

    public StageCommand(Workbench workbench) {
        this.workbench = workbench;
    }

    @Override
    public Integer call() {
        String path = "/policies/" + SegmentName.ofTyped(segment) + "/" + revision + "/stage";
        JsonNode staged = workbench
                .connect()
                .post(
                        path,
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("state", to.wire)
                                .put("reason", reason));
        Texts texts = workbench.texts();
        workbench
                .output()
                .result(
                        staged,
                        () -> workbench
                                .output()
                                .line(texts.text(
                                        "stage.done",
                                        texts.word(
                                                "segment",
                                                staged.path("segment").asText()),
                                        revision,
                                        texts.word("stage", to.wire))));
        return ExitCodes.OK;
    }
}
