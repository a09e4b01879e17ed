package org.sekisho.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sekisho.cli.ExitCodes;
import org.sekisho.cli.Texts;
import org.sekisho.cli.Workbench;
import org.sekisho.cli.output.Output;
import org.sekisho.cli.output.Table;
import org.sekisho.cli.rest.Query;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sekisho report}: periodic reports; without a sub-command it lists them. */
@Command(name = "report")
public final class ReportCommand implements Runnable {
    private final Workbench workbench;
    private final Texts texts;

    public ReportCommand(Workbench workbench) {
        this.workbench = workbench;
        this.texts = workbench.texts();
    }

    @Override
    public void run() {
        list(100);
    }

    @Command(name = "list")
    int list(@Option(names = "--limit", paramLabel = "N", defaultValue = "100") int limit) {
        JsonNode found = workbench.connect().list("/reports", new Query(), limit);
        Output output = workbench.output();
        output.result(found, () -> {
            Table table = new Table(texts.text("report.headings").split("\\|", -1));
            found.path("items")
                    .forEach(report -> table.row(
                            report.path("id").asText(""),
                            texts.word("reportKind", report.path("kind").asText("")),
                            report.path("from").asText("") + " - "
                                    + report.path("until").asText(""),
                            report.path("orgUnit").asText(""),
                            state(report),
                            report.path("madeBy").asText(""),
                            output.time(report.path("madeAt"))));
            output.table(table, "report.none");
        });
        return ExitCodes.OK;
    }

    private String state(JsonNode report) {
        String state = report.path("state").asText("");
        String word = texts.word("reportState", state);
        return state.equals("RUNNING")
                ? word + " " + report.path("done").asText("0") + "/"
                        + report.path("total").asText("0")
                : word;
    }

    @Command(name = "order")
    int order(
            @Parameters(paramLabel = "KIND") Kind kind,
            @Option(names = "--from", paramLabel = "DAY") @Nullable LocalDate from,
            @Option(names = "--until", paramLabel = "DAY", required = true) LocalDate until,
            @Option(names = "--org-unit", paramLabel = "PATH") @Nullable String orgUnit) {
        ObjectNode wanted = JsonNodeFactory.instance
                .objectNode()
                .put("kind", kind.name())
                .put("from", (from == null ? until : from).toString())
                .put("until", until.toString());
        if (orgUnit != null) {
            wanted.put("orgUnit", orgUnit);
        }
        JsonNode ordered = workbench.connect().post("/reports", wanted);
        workbench
                .output()
                .result(
                        ordered,
                        () -> workbench
                                .output()
                                .line(texts.text(
                                        "report.ordered", ordered.path("id").asText(""))));
        return ExitCodes.OK;
    }

    @Command(name = "show")
    int show(
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--language", paramLabel = "ja|en") @Nullable String language) {
        JsonNode report = workbench.connect().get(path(id), spoken(language));
        Output output = workbench.output();
        output.result(report, () -> {
            output.line(report.path("title").asText(state(report)));
            for (JsonNode part : report.path("parts")) {
                output.line("");
                output.line(part.path("heading").asText(""));
                Table table = new Table(cells(part.path("columns")));
                part.path("rows").forEach(row -> table.row(cells(row)));
                output.table(table, "report.none");
            }
        });
        return ExitCodes.OK;
    }

    private static String[] cells(JsonNode row) {
        String[] cells = new String[row.size()];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = row.get(i).asText("");
        }
        return cells;
    }

    @Command(name = "download")
    int download(
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--out", paramLabel = "FILE", required = true) Path out,
            @Option(names = "--format", paramLabel = "pdf|csv", defaultValue = "pdf") String format,
            @Option(names = "--language", paramLabel = "ja|en") @Nullable String language) {
        workbench
                .connect()
                .download(
                        path(id) + "/download", spoken(language).with("format", format.toLowerCase(Locale.ROOT)), out);
        workbench.output().note(texts.text("report.written", id, out));
        return ExitCodes.OK;
    }

    @Command(name = "cancel")
    int cancel(@Parameters(paramLabel = "ID") String id) {
        JsonNode after = workbench.connect().post(path(id) + "/cancellation", null);
        workbench.output().result(after, () -> workbench.output().line(texts.text("report.cancelled", id)));
        return ExitCodes.OK;
    }

    private Query spoken(@Nullable String language) {
        return new Query().with("language", language == null ? texts.tag() : language);
    }

    private static String path(String id) {
        return "/reports/" + Query.segment(id);
    }

    /** As the server has them. */
    enum Kind {
        ENFORCEMENT,
        SELF_INSPECTION,
        EXFILTRATION,
        OPERATOR_AUDIT
    }
}
