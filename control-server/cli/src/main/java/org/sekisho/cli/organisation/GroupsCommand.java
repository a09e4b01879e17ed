package org.sekisho.cli.organisation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.sekisho.cli.CommandFailure;
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

/** {@code sekisho groups}: groups of terminals, by rule or by hand; without a sub-command it lists them. Named by their names. */
@Command(name = "groups")
public final class GroupsCommand implements Runnable {
    private static final String PATH = "/terminal-groups";

    private final Workbench workbench;
    private final Texts texts;

    public GroupsCommand(Workbench workbench) {
        this.workbench = workbench;
        this.texts = workbench.texts();
    }

    @Override
    public void run() {
        list();
    }

    @Command(name = "list")
    int list() {
        JsonNode found = workbench.connect().get(PATH);
        Output output = workbench.output();
        output.result(found, () -> {
            Table table = new Table(texts.text("groups.headings").split("\\|", -1));
            found.path("items")
                    .forEach(group -> table.row(
                            group.path("name").asText(""),
                            rule(group),
                            group.path("terminals").asText(""),
                            group.path("note").asText("")));
            output.table(table, "groups.none");
        });
        return ExitCodes.OK;
    }

    private static String rule(JsonNode group) {
        StringJoiner rule = new StringJoiner(" / ");
        for (String part : List.of("orgUnit", "segment", "hostPattern", "versionPattern", "osPattern")) {
            if (!group.path(part).asText("").isEmpty()) {
                rule.add(group.path(part).asText());
            }
        }
        group.path("members").forEach(member -> rule.add(member.asText()));
        return rule.toString();
    }

    @Command(name = "create")
    int create(
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--note", paramLabel = "TEXT") @Nullable String note,
            @Option(names = "--org-unit", paramLabel = "PATH") @Nullable String orgUnit,
            @Option(names = "--segment", paramLabel = "SEGMENT") @Nullable String segment,
            @Option(names = "--host", paramLabel = "PATTERN") @Nullable String host,
            @Option(names = "--agent-version", paramLabel = "PATTERN") @Nullable String version,
            @Option(names = "--os", paramLabel = "PATTERN") @Nullable String os,
            @Option(names = "--terminal", paramLabel = "ID") @Nullable List<String> terminals) {
        ObjectNode group = JsonNodeFactory.instance.objectNode().put("name", name);
        set(group, "note", note);
        set(group, "orgUnit", orgUnit);
        set(
                group,
                "segment",
                segment == null ? null : segment.toUpperCase(Locale.ROOT).replace('-', '_'));
        set(group, "hostPattern", host);
        set(group, "versionPattern", version);
        set(group, "osPattern", os);
        if (terminals != null) {
            ArrayNode members = group.putArray("members");
            terminals.forEach(members::add);
        }
        JsonNode made = workbench.connect().post(PATH, group);
        workbench.output().result(made, () -> workbench.output().line(texts.text("groups.created", name)));
        return ExitCodes.OK;
    }

    private static void set(ObjectNode group, String field, @Nullable String value) {
        if (value != null) {
            group.put(field, value);
        }
    }

    @Command(name = "delete")
    int delete(@Parameters(paramLabel = "NAME") String name) {
        RestClient client = workbench.connect();
        for (JsonNode group : client.get(PATH).path("items")) {
            if (group.path("name").asText("").equals(name)) {
                client.remove(PATH + "/" + Query.segment(group.path("id").asText()));
                workbench.output().note(texts.text("groups.deleted", name));
                return ExitCodes.OK;
            }
        }
        throw new CommandFailure(ExitCodes.REFUSED, texts.text("groups.unknown", name));
    }
}
