package org.sekisho.cli.incident;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sekisho.cli.CommandFailure;
import org.sekisho.cli.ExitCodes;
import org.sekisho.cli.Texts;
import org.sekisho.cli.Workbench;
import org.sekisho.cli.output.Output;
import org.sekisho.cli.output.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sekisho incident-rules}: what opens incidents; without a sub-command it lists. */
@Command(name = "incident-rules")
public final class IncidentRulesCommand implements Runnable {
    private static final String PATH = "/incident-rules";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Workbench workbench;
    private final Texts texts;

    public IncidentRulesCommand(Workbench workbench) {
        this.workbench = workbench;
        this.texts = workbench.texts();
    }

    @Override
    public void run() {
        list();
    }

    @Command(name = "list")
    int list() {
        show(workbench.connect().get(PATH));
        return ExitCodes.OK;
    }

    private void show(JsonNode book) {
        Output output = workbench.output();
        output.result(book, () -> {
            Table table = new Table(texts.text("incident-rules.headings").split("\\|", -1));
            book.path("rules")
                    .forEach(rule -> table.row(
                            rule.path("id").asText(""),
                            rule.path("name").asText(""),
                            texts.text(rule.path("enabled").asBoolean() ? "incident-rules.on" : "incident-rules.off"),
                            names(rule.path("kinds")),
                            names(rule.path("channels")),
                            names(rule.path("verdicts")),
                            rule.path("leastSeverity").asText(""),
                            rule.path("threshold").asText(""),
                            rule.path("windowMinutes").asText(""),
                            rule.path("joinMinutes").asText(""),
                            rule.path("respondHours").asText("")));
            output.table(table, "incident-rules.none");
        });
    }

    private static String names(JsonNode names) {
        List<String> all = new ArrayList<>();
        names.forEach(name -> all.add(name.asText("")));
        return String.join(",", all);
    }

    /** The rules as a file that {@link #set} takes again. */
    @Command(name = "export")
    int export() throws JsonProcessingException {
        JsonNode book = workbench.connect().get(PATH);
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.set("version", book.path("version"));
        document.set("rules", book.path("rules"));
        workbench.shell().out().println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document));
        return ExitCodes.OK;
    }

    @Command(name = "try")
    int attempt(
            @Parameters(paramLabel = "FILE") Path file,
            @Option(names = "--days", paramLabel = "N", defaultValue = "7") int days) {
        ObjectNode asked = JsonNodeFactory.instance.objectNode().put("days", days);
        asked.set("rules", read(file).path("rules"));
        JsonNode preview = workbench.connect().post(PATH + "/preview", asked);
        Output output = workbench.output();
        output.result(preview, () -> {
            output.line(texts.text(
                    "incident-rules.tried",
                    preview.path("attempts").asText("0"),
                    preview.path("now").asText("0"),
                    preview.path("then").asText("0")));
            Table table = new Table(texts.text("incident-rules.tried-headings").split("\\|", -1));
            preview.path("rules")
                    .forEach(line -> table.row(
                            line.path("rule").asText(""),
                            line.path("attempts").asText("0"),
                            line.path("incidents").asText("0")));
            output.table(table, "incident-rules.none");
        });
        return ExitCodes.OK;
    }

    @Command(name = "set")
    int set(
            @Parameters(paramLabel = "FILE") Path file,
            @Option(names = "--reason", paramLabel = "TEXT", required = true) String reason) {
        JsonNode document = read(file);
        ObjectNode wanted = JsonNodeFactory.instance.objectNode().put("reason", reason);
        wanted.set("rules", document.path("rules"));
        wanted.set("version", document.path("version"));
        show(workbench.connect().put(PATH, wanted));
        return ExitCodes.OK;
    }

    private JsonNode read(Path file) {
        try {
            JsonNode document = JSON.readTree(Files.readAllBytes(file));
            if (document == null
                    || !document.path("rules").isArray()
                    || !document.path("version").isNumber()) {
                throw new CommandFailure(ExitCodes.UNUSABLE, texts.text("incident-rules.no-rules", file));
            }
            return document;
        } catch (IOException e) {
            throw new CommandFailure(ExitCodes.UNUSABLE, texts.text("incident-rules.no-rules", file), e);
        }
    }
}
