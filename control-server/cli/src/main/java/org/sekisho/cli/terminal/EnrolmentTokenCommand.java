package org.sekisho.cli.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

/** {@code sekisho enrolment-token}: one-time tokens that enrol terminals; without a sub-command it lists. */
@Command(name = "enrolment-token")
public final class EnrolmentTokenCommand implements Runnable {
    private static final String PATH = "/enrolment-tokens";

    private final Workbench workbench;
    private final Texts texts;

    public EnrolmentTokenCommand(Workbench workbench) {
        this.workbench = workbench;
        this.texts = workbench.texts();
    }

    @Override
    public void run() {
        list(100);
    }

    @Command(name = "list")
    int list(@Option(names = "--limit", paramLabel = "N", defaultValue = "100") int limit) {
        JsonNode found = workbench.connect().list(PATH, new Query(), limit);
        Output output = workbench.output();
        output.result(found, () -> {
            Table table = new Table(texts.text("tokens.headings").split("\\|", -1));
            for (JsonNode token : found.path("items")) {
                table.row(
                        token.path("id").asText(""),
                        texts.word("segment", token.path("segment").asText("")),
                        token.path("orgUnit").asText(""),
                        token.path("usesLeft").asText(""),
                        output.time(token.path("expiresAt")),
                        token.path("createdBy").asText(""),
                        output.time(token.path("createdAt")));
            }
            output.table(table, "tokens.none");
        });
        return ExitCodes.OK;
    }

    @Command(name = "create")
    int create(
            @Option(names = "--segment", paramLabel = "SEGMENT", required = true) String segment,
            @Option(names = "--org-unit", paramLabel = "PATH") @Nullable String orgUnit,
            @Option(names = "--expires", paramLabel = "TIME") @Nullable String expires,
            @Option(names = "--needs-approval") boolean needsApproval,
            @Option(names = "--uses", paramLabel = "N", defaultValue = "1") int uses) {
        ObjectNode wanted = JsonNodeFactory.instance
                .objectNode()
                .put("segment", segment.toUpperCase(Locale.ROOT).replace('-', '_'))
                .put("uses", uses);
        if (orgUnit != null) {
            wanted.put("orgUnit", orgUnit);
        }
        if (needsApproval) {
            wanted.put("needsApproval", true);
        }
        if (expires != null) {
            wanted.put(
                    "expiresAt",
                    new org.sekisho.cli.Times(workbench.shell(), texts)
                            .future(expires)
                            .toString());
        }
        JsonNode token = workbench.connect().post(PATH, wanted);
        Output output = workbench.output();
        output.result(token, () -> {
            output.line(token.path("token").asText(""));
            output.note(texts.text(
                    "tokens.created",
                    output.time(token.path("expiresAt")),
                    token.path("usesLeft").asText("")));
        });
        return ExitCodes.OK;
    }

    @Command(name = "delete")
    int delete(@Parameters(paramLabel = "ID") String id) {
        workbench.connect().delete(PATH + "/" + Query.segment(id));
        workbench
                .output()
                .result(
                        JsonNodeFactory.instance.objectNode().put("id", id).put("deleted", true),
                        () -> workbench.output().line(texts.text("tokens.deleted", id)));
        return ExitCodes.OK;
    }
}
