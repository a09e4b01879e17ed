package org.sekisho.cli.export;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import org.sekisho.cli.ExitCodes;
import org.sekisho.cli.Texts;
import org.sekisho.cli.Workbench;
import org.sekisho.cli.output.Output;
import org.sekisho.cli.output.Table;
import org.sekisho.cli.rest.Query;
import picocli.CommandLine.Command;

/** {@code sekisho exports}: destinations with what waits for them and what went wrong last. */
@Command(name = "exports")
public final class ExportsCommand implements Callable<Integer> {
    /** The server keeps fewer. */
    private static final int LIMIT = 100;

    private final Workbench workbench;

    public ExportsCommand(Workbench workbench) {
        this.workbench = workbench;
    }

    @Override
    public Integer call() {
        JsonNode found = workbench.connect().list("/export-destinations", new Query(), LIMIT);
        Output output = workbench.output();
        Texts texts = workbench.texts();
        output.result(found, () -> {
            Table table = new Table(texts.text("exports.headings").split("\\|", -1));
            for (JsonNode destination : found.path("items")) {
                boolean failing = destination.path("failures").asInt() > 0;
                table.row(
                        destination.path("name").asText(""),
                        destination.path("transport").asText("") + " "
                                + destination.path("format").asText(""),
                        destination.path("address").asText(""),
                        texts.text(
                                !destination.path("enabled").asBoolean()
                                        ? "exports.paused"
                                        : failing ? "exports.failing" : "exports.running"),
                        destination.path("delivered").asText(""),
                        destination.path("waiting").asText(""),
                        failing ? destination.path("failure").asText("") : "");
            }
            output.table(table, "exports.none");
        });
        return ExitCodes.OK;
    }
}
