package org.sekisho.cli.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
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

/** {@code sekisho terminals}: who is enrolled, what they run, who lags; without a sub-command it lists. */
@Command(name = "terminals")
public final class TerminalsCommand implements Runnable {
    private final Workbench workbench;
    private final Texts texts;

    public TerminalsCommand(Workbench workbench) {
        this.workbench = workbench;
        this.texts = workbench.texts();
    }

    @Override
    public void run() {
        list(null, null, 100);
    }

    @Command(name = "list")
    int list(
            @Option(names = "--state", paramLabel = "ACTIVE|WAITING|REVOKED|RETIRED") @Nullable String state,
            @Option(names = "--query", paramLabel = "TEXT") @Nullable String query,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "100") int limit) {
        JsonNode found = workbench
                .connect()
                .list("/terminals", new Query().with("state", upper(state)).with("q", query), limit);
        Output output = workbench.output();
        output.result(found, () -> {
            Table table = new Table(texts.text("terminals.headings").split("\\|", -1));
            found.path("items").forEach(terminal -> row(table, terminal, output));
            output.table(table, "terminals.none");
        });
        return ExitCodes.OK;
    }

    @Command(name = "show")
    int show(@Parameters(paramLabel = "ID") String id) {
        JsonNode terminal = workbench.connect().get("/terminals/" + Query.segment(id));
        Output output = workbench.output();
        output.result(terminal, () -> new TerminalView(texts, output).print(terminal));
        return ExitCodes.OK;
    }

    @Command(name = "revoke")
    int revoke(
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--reason", paramLabel = "TEXT", required = true) String reason) {
        JsonNode answer = workbench
                .connect()
                .post(
                        "/terminals/" + Query.segment(id) + "/revoke",
                        JsonNodeFactory.instance.objectNode().put("reason", reason));
        JsonNode shown = answer.isMissingNode()
                ? JsonNodeFactory.instance.objectNode().put("id", id).put("state", "REVOKED")
                : answer;
        workbench.output().result(shown, () -> workbench.output().line(texts.text("terminals.revoked", id)));
        return ExitCodes.OK;
    }

    @Command(name = "approve")
    int approve(@Parameters(paramLabel = "ID") String id) {
        JsonNode answer = workbench.connect().post("/terminals/" + Query.segment(id) + "/approve", null);
        workbench.output().result(answer, () -> workbench.output().line(texts.text("terminals.approved", id)));
        return ExitCodes.OK;
    }

    @Command(name = "retire")
    int retire(
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--reason", paramLabel = "TEXT", required = true) String reason) {
        JsonNode answer = workbench
                .connect()
                .post(
                        "/terminals/" + Query.segment(id) + "/retire",
                        JsonNodeFactory.instance.objectNode().put("reason", reason));
        workbench.output().result(answer, () -> workbench.output().line(texts.text("terminals.retired", id)));
        return ExitCodes.OK;
    }

    @Command(name = "move")
    int move(
            @Parameters(paramLabel = "ID", arity = "1..*") List<String> ids,
            @Option(names = "--org-unit", paramLabel = "PATH") @Nullable String orgUnit) {
        ObjectNode wanted = JsonNodeFactory.instance.objectNode();
        ids.forEach(wanted.putArray("terminals")::add);
        if (orgUnit != null) {
            wanted.put("orgUnit", orgUnit);
        }
        JsonNode answer = workbench.connect().post("/terminals/move", wanted);
        workbench
                .output()
                .result(
                        answer,
                        () -> workbench
                                .output()
                                .line(texts.text(
                                        "terminals.moved", String.join(", ", ids), orgUnit == null ? "-" : orgUnit)));
        return ExitCodes.OK;
    }

    @Command(name = "order")
    int order(
            @Parameters(index = "0", paramLabel = "ID") String id,
            @Parameters(index = "1", paramLabel = "lock-sessions|isolate|release|collect-status|show-message")
                    String kind,
            @Option(names = "--reason", paramLabel = "TEXT", required = true) String reason,
            @Option(names = "--text", paramLabel = "TEXT") @Nullable String text) {
        ObjectNode wanted = JsonNodeFactory.instance
                .objectNode()
                .put("kind", kind.toUpperCase(Locale.ROOT).replace('-', '_'))
                .put("reason", reason);
        if (text != null) {
            wanted.put("text", text);
        }
        JsonNode given = workbench.connect().post(commands(id), wanted);
        workbench
                .output()
                .result(
                        given,
                        () -> workbench
                                .output()
                                .line(texts.text(
                                        "terminals.ordered",
                                        given.path("number").asText(""),
                                        id)));
        return ExitCodes.OK;
    }

    @Command(name = "orders")
    int orders(
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "20") int limit) {
        JsonNode found = workbench.connect().list(commands(id), new Query(), limit);
        Output output = workbench.output();
        output.result(found, () -> {
            Table table = new Table(texts.text("terminals.order-headings").split("\\|", -1));
            for (JsonNode order : found.path("items")) {
                table.row(
                        order.path("number").asText(""),
                        texts.word("command", order.path("kind").asText("")),
                        texts.word("commandState", order.path("state").asText("")),
                        output.time(order.path("orderedAt")),
                        order.path("orderedBy").asText(""),
                        order.path("reason").asText(""),
                        order.path("detail").asText(""));
            }
            output.table(table, "terminals.no-orders");
        });
        return ExitCodes.OK;
    }

    private static String commands(String id) {
        return "/terminals/" + Query.segment(id) + "/commands";
    }

    private void row(Table table, JsonNode terminal, Output output) {
        TerminalView view = new TerminalView(texts, output);
        table.row(
                terminal.path("id").asText(""),
                terminal.path("host").asText(""),
                texts.word("segment", terminal.path("segment").asText("")),
                terminal.path("orgUnit").asText(""),
                terminal.path("user").asText(""),
                view.link(terminal),
                view.revision(terminal),
                view.progress(terminal),
                output.time(terminal.path("lastContactAt")));
    }

    private static @Nullable String upper(@Nullable String name) {
        return name == null ? null : name.toUpperCase(Locale.ROOT);
    }
}
