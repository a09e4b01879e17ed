package org.sekisho.cli.incident;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sekisho.cli.ExitCodes;
import org.sekisho.cli.Texts;
import org.sekisho.cli.Workbench;
import org.sekisho.cli.output.Output;
import org.sekisho.cli.output.Table;
import org.sekisho.cli.rest.Query;
import org.sekisho.cli.rest.RestClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code sekisho incidents}: what must be looked at; without a sub-command it lists. A change names the version that it was
 * made on, so that two people can't undo each other unseen.
 */
@Command(name = "incidents")
public final class IncidentsCommand implements Runnable {
    private final Workbench workbench;
    private final Texts texts;

    public IncidentsCommand(Workbench workbench) {
        this.workbench = workbench;
        this.texts = workbench.texts();
    }

    @Override
    public void run() {
        list(null, false, false, null, null, null, null, 100);
    }

    @Command(name = "list")
    int list(
            @Option(names = "--state", paramLabel = "NEW|IN_PROGRESS|CLOSED") @Nullable String state,
            @Option(names = "--mine") boolean mine,
            @Option(names = "--overdue") boolean overdue,
            @Option(names = "--tag", paramLabel = "TAG") @Nullable String tag,
            @Option(names = "--terminal", paramLabel = "ID") @Nullable String terminal,
            @Option(names = "--user", paramLabel = "NAME") @Nullable String user,
            @Option(names = "--query", paramLabel = "TEXT") @Nullable String query,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "100") int limit) {
        String wanted = state == null ? null : state.toUpperCase(Locale.ROOT).replace('-', '_');
        JsonNode found = workbench
                .connect()
                .list(
                        "/incidents",
                        new Query()
                                .with("state", wanted)
                                .with("mine", mine ? "true" : null)
                                .with("overdue", overdue ? "true" : null)
                                .with("tag", tag)
                                .with("terminal", terminal)
                                .with("user", user)
                                .with("q", query),
                        limit);
        Output output = workbench.output();
        output.result(found, () -> {
            Table table = new Table(texts.text("incidents.headings").split("\\|", -1));
            IncidentView view = new IncidentView(texts, output);
            found.path("items").forEach(incident -> table.row(view.cells(incident)));
            output.table(table, "incidents.none");
        });
        return ExitCodes.OK;
    }

    @Command(name = "show")
    int show(@Parameters(paramLabel = "ID") String id) {
        JsonNode incident = workbench.connect().get(path(id));
        Output output = workbench.output();
        output.result(incident, () -> new IncidentView(texts, output).print(incident));
        return ExitCodes.OK;
    }

    @Command(name = "assign")
    int assign(
            @Parameters(index = "0", paramLabel = "ID") String id,
            @Parameters(index = "1", paramLabel = "NAME", arity = "0..1") @Nullable String name) {
        RestClient client = workbench.connect();
        String owner = name != null
                ? name
                : client.get("/session").path("operator").path("name").asText();
        ObjectNode change =
                JsonNodeFactory.instance.objectNode().put("owner", owner).put("state", "IN_PROGRESS");
        return change(client, id, change, "incidents.assigned", owner);
    }

    @Command(name = "note")
    int note(
            @Parameters(index = "0", paramLabel = "ID") String id,
            @Parameters(index = "1", paramLabel = "TEXT") String text) {
        ObjectNode change = JsonNodeFactory.instance.objectNode().put("note", text);
        return change(workbench.connect(), id, change, "incidents.noted", "");
    }

    @Command(name = "close")
    int close(
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--finding", paramLabel = "KIND", required = true) Finding finding,
            @Option(names = "--text", paramLabel = "TEXT", required = true) String text) {
        ObjectNode change = JsonNodeFactory.instance.objectNode().put("state", "CLOSED");
        change.putObject("finding").put("kind", finding.name()).put("text", text);
        return change(workbench.connect(), id, change, "incidents.closed", "");
    }

    @Command(name = "reopen")
    int reopen(@Parameters(paramLabel = "ID") String id) {
        ObjectNode change = JsonNodeFactory.instance.objectNode().put("state", "IN_PROGRESS");
        return change(workbench.connect(), id, change, "incidents.reopened", "");
    }

    @Command(name = "tag")
    int tag(
            @Parameters(index = "0", paramLabel = "ID") String id,
            @Parameters(index = "1..*", paramLabel = "TAG", arity = "0..*") @Nullable List<String> tags) {
        ObjectNode change = JsonNodeFactory.instance.objectNode();
        ArrayNode all = change.putArray("tags");
        if (tags != null) {
            tags.forEach(all::add);
        }
        return change(workbench.connect(), id, change, "incidents.tagged", "");
    }

    @Command(name = "timeline")
    int timeline(
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--minutes", paramLabel = "N", defaultValue = "30") int minutes) {
        JsonNode timeline =
                workbench.connect().get(path(id) + "/timeline", new Query().with("minutes", Integer.toString(minutes)));
        Output output = workbench.output();
        output.result(timeline, () -> {
            Table table = new Table(texts.text("incidents.timeline-headings").split("\\|", -1));
            timeline.path("items").forEach(entry -> table.row(new IncidentView(texts, output).timelineCells(entry)));
            output.table(table, "incidents.none");
        });
        return ExitCodes.OK;
    }

    @Command(name = "similar")
    int similar(@Parameters(paramLabel = "ID") String id) {
        JsonNode found = workbench.connect().get(path(id) + "/similar");
        Output output = workbench.output();
        output.result(found, () -> {
            Table table = new Table(
                    (texts.text("incidents.headings") + "|" + texts.text("incidents.in-common")).split("\\|", -1));
            IncidentView view = new IncidentView(texts, output);
            found.path("items").forEach(one -> table.row(view.similarCells(one)));
            output.table(table, "incidents.none");
        });
        return ExitCodes.OK;
    }

    @Command(name = "evidence")
    int evidence(
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--out", paramLabel = "FILE", required = true) Path out,
            @Option(names = "--language", paramLabel = "ja|en") @Nullable String language) {
        String wanted = language == null ? texts.tag() : language;
        workbench.connect().download(path(id) + "/evidence", new Query().with("language", wanted), out);
        workbench.output().note(texts.text("incidents.evidence-written", id, out));
        return ExitCodes.OK;
    }

    @Command(name = "report-draft")
    int reportDraft(
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--stage", paramLabel = "STAGE", defaultValue = "PRELIMINARY") Stage stage,
            @Option(names = "--out", paramLabel = "FILE") @Nullable Path out,
            @Option(names = "--format", paramLabel = "pdf|txt", defaultValue = "pdf") String format,
            @Option(names = "--language", paramLabel = "ja|en") @Nullable String language) {
        RestClient client = workbench.connect();
        Output output = workbench.output();
        String draft = path(id) + "/report-drafts/" + stage.name();
        Query spoken = new Query().with("language", language == null ? texts.tag() : language);
        if (out != null) {
            client.download(draft + "/download", spoken.with("format", format.toLowerCase(Locale.ROOT)), out);
            output.note(texts.text("incidents.draft-written", id, out));
            return ExitCodes.OK;
        }
        JsonNode found = client.get(draft, spoken);
        output.result(found, () -> {
            output.line(found.path("title").asText(""));
            output.line(found.path("note").asText(""));
            for (JsonNode item : found.path("items")) {
                output.line("");
                output.line(item.path("heading").asText(""));
                item.path("text").asText("").lines().forEach(line -> output.line("  " + line));
            }
        });
        return ExitCodes.OK;
    }

    @Command(name = "link")
    int link(
            @Parameters(index = "0", paramLabel = "ID") String id,
            @Parameters(index = "1", paramLabel = "OTHER") String other,
            @Option(names = "--remove") boolean remove) {
        RestClient client = workbench.connect();
        String link = path(id) + "/links/" + Query.segment(other);
        JsonNode after = remove ? client.remove(link) : client.put(link, null);
        workbench
                .output()
                .result(
                        after,
                        () -> workbench
                                .output()
                                .line(texts.text(remove ? "incidents.unlinked" : "incidents.linked", id, other)));
        return ExitCodes.OK;
    }

    /** As the server has them. */
    enum Finding {
        LEAK,
        SUSPECTED_LEAK,
        VIOLATION,
        MISTAKE,
        AUTHORISED,
        FALSE_ALARM,
        TECHNICAL
    }

    /** As the server has them. */
    enum Stage {
        PRELIMINARY,
        FINAL
    }

    private int change(RestClient client, String id, ObjectNode change, String doneKey, String argument) {
        JsonNode before = client.get(path(id));
        change.set("version", before.path("version"));
        JsonNode after = client.patch(path(id), change);
        workbench.output().result(after, () -> workbench.output().line(texts.text(doneKey, id, argument)));
        return ExitCodes.OK;
    }

    private static String path(String id) {
        return "/incidents/" + Query.segment(id);
    }
}
