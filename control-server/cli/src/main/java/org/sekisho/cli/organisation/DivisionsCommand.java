package org.sekisho.cli.organisation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.sekisho.cli.ExitCodes;
import org.sekisho.cli.Texts;
import org.sekisho.cli.Workbench;
import org.sekisho.cli.output.Output;
import org.sekisho.cli.output.Table;
import org.sekisho.cli.rest.Query;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code sekisho divisions}: the organisation tree; without a sub-command it lists it. */
@Command(name = "divisions")
public final class DivisionsCommand implements Runnable {
    private final Workbench workbench;
    private final Texts texts;

    public DivisionsCommand(Workbench workbench) {
        this.workbench = workbench;
        this.texts = workbench.texts();
    }

    @Override
    public void run() {
        list();
    }

    @Command(name = "list")
    int list() {
        return shown(workbench.connect().get("/org-units"));
    }

    @Command(name = "add")
    int add(@Parameters(paramLabel = "PATH", arity = "1..*") List<String> paths) {
        ObjectNode wanted = JsonNodeFactory.instance.objectNode();
        ArrayNode all = wanted.putArray("paths");
        paths.forEach(all::add);
        return shown(workbench.connect().post("/org-units", wanted));
    }

    @Command(name = "rename")
    int rename(
            @Parameters(index = "0", paramLabel = "FROM") String from,
            @Parameters(index = "1", paramLabel = "TO") String to) {
        ObjectNode wanted =
                JsonNodeFactory.instance.objectNode().put("from", from).put("to", to);
        return shown(workbench.connect().post("/org-units/rename", wanted));
    }

    @Command(name = "remove")
    int remove(@Parameters(paramLabel = "PATH") String path) {
        workbench.connect().remove("/org-units" + new Query().with("path", path));
        workbench.output().note(texts.text("divisions.removed", path));
        return ExitCodes.OK;
    }

    private int shown(JsonNode tree) {
        Output output = workbench.output();
        output.result(tree, () -> {
            Table table = new Table(texts.text("divisions.headings").split("\\|", -1));
            tree.path("items")
                    .forEach(unit -> table.row(
                            unit.path("path").asText(""), unit.path("terminals").asText("")));
            output.table(table, "divisions.none");
        });
        return ExitCodes.OK;
    }
}
