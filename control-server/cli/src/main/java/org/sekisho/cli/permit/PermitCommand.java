package org.sekisho.cli.permit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sekisho.cli.CommandFailure;
import org.sekisho.cli.ExitCodes;
import org.sekisho.cli.Texts;
import org.sekisho.cli.Times;
import org.sekisho.cli.Workbench;
import org.sekisho.cli.output.Output;
import org.sekisho.cli.output.Table;
import org.sekisho.cli.rest.EventRef;
import org.sekisho.cli.rest.Query;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sekisho permit}: grants, lists and revokes permits; without a sub-command it lists. */
@Command(name = "permit")
public final class PermitCommand implements Runnable {
    private static final Pattern SHA256 = Pattern.compile("[0-9A-Fa-f]{64}");
    private static final String PATH = "/permits";

    private final Workbench workbench;
    private final Texts texts;

    public PermitCommand(Workbench workbench) {
        this.workbench = workbench;
        this.texts = workbench.texts();
    }

    @Override
    public void run() {
        list(null, null, null, 100);
    }

    @Command(name = "list")
    int list(
            @Option(names = "--state", paramLabel = "STATE") @Nullable String state,
            @Option(names = "--terminal", paramLabel = "ID") @Nullable String terminal,
            @Option(names = "--user", paramLabel = "NAME") @Nullable String user,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "100") int limit) {
        JsonNode found = workbench
                .connect()
                .list(
                        PATH,
                        new Query()
                                .with("state", name(state))
                                .with("terminal", terminal)
                                .with("user", user),
                        limit);
        Output output = workbench.output();
        output.result(found, () -> {
            Table table = new Table(texts.text("permits.headings").split("\\|", -1));
            found.path("items")
                    .forEach(permit -> table.row(
                            permit.path("id").asText(""),
                            texts.word("permit-state", permit.path("state").asText("")),
                            permit.path("host").asText(""),
                            permit.path("user").asText(""),
                            texts.word("channel", permit.path("channel").asText("")),
                            output.time(permit.path("until")),
                            uses(permit),
                            texts.word("delivery", permit.path("delivery").asText("")),
                            permit.path("reason").asText("")));
            output.table(table, "permits.none");
        });
        return ExitCodes.OK;
    }

    private static String uses(JsonNode permit) {
        int allowed = permit.path("uses").asInt();
        return permit.path("used").asText("0") + (allowed == 0 ? "" : "/" + allowed);
    }

    @Command(name = "grant")
    int grant(
            @Option(names = "--event", paramLabel = "TERMINAL/SEQ") @Nullable String event,
            @Option(names = "--terminal", paramLabel = "ID") @Nullable String terminal,
            @Option(names = "--user", paramLabel = "NAME") @Nullable String user,
            @Option(names = "--channel", paramLabel = "CHANNEL") @Nullable String channel,
            @Option(names = "--inward") boolean inward,
            @Option(names = "--medium", paramLabel = "ID") @Nullable String medium,
            @Option(names = "--rule", paramLabel = "ID") @Nullable List<String> rules,
            @Option(names = "--files", paramLabel = "FILE") @Nullable Path files,
            @Option(names = "--file-name", paramLabel = "PATTERN") @Nullable List<String> fileNames,
            @Option(names = "--from", paramLabel = "TIME") @Nullable String from,
            @Option(names = "--until", paramLabel = "TIME", required = true) String until,
            @Option(names = "--uses", paramLabel = "N", defaultValue = "1") int uses,
            @Option(names = "--reason", paramLabel = "TEXT", required = true) String reason) {
        Times times = new Times(workbench.shell(), texts);
        ObjectNode wanted = JsonNodeFactory.instance
                .objectNode()
                .put("until", times.future(until).toString())
                .put("uses", uses)
                .put("direction", inward ? "INWARD" : "OUTWARD")
                .put("reason", reason);
        if (event != null) {
            wanted.set("event", EventRef.of(event, texts));
        }
        put(wanted, "terminal", terminal);
        put(wanted, "user", user);
        put(wanted, "channel", name(channel));
        put(wanted, "medium", medium);
        put(wanted, "from", from == null ? null : times.future(from).toString());
        if (rules != null) {
            rules.forEach(wanted.putArray("rules")::add);
        }
        if (files != null) {
            hashes(files).forEach(wanted.putArray("files")::add);
        }
        if (fileNames != null) {
            fileNames.forEach(wanted.putArray("fileNames")::add);
        }
        JsonNode permit = workbench.connect().post(PATH, wanted);
        Output output = workbench.output();
        output.result(
                permit,
                () -> output.line(texts.text(
                        "permits.granted", permit.path("id").asText(""), output.time(permit.path("until")))));
        return ExitCodes.OK;
    }

    /** The hashes in a list as {@code sha256sum} prints it. */
    private List<String> hashes(Path files) {
        try {
            List<String> lines = Files.readAllLines(files).stream()
                    .filter(line -> !line.isBlank())
                    .toList();
            List<String> hashes =
                    lines.stream().map(line -> line.strip().split("\\s", 2)[0]).toList();
            for (int i = 0; i < hashes.size(); i++) {
                if (!SHA256.matcher(hashes.get(i)).matches()) {
                    throw new CommandFailure(ExitCodes.UNUSABLE, texts.text("permits.no-hash", files, lines.get(i)));
                }
            }
            return hashes;
        } catch (IOException e) {
            throw new CommandFailure(ExitCodes.UNUSABLE, texts.text("permits.unreadable", files), e);
        }
    }

    @Command(name = "events")
    int events(
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "100") int limit) {
        JsonNode found = workbench.connect().list(PATH + "/" + Query.segment(id) + "/events", new Query(), limit);
        Output output = workbench.output();
        output.result(found, () -> {
            Table table = new Table(texts.text("permits.event-headings").split("\\|", -1));
            found.path("items").forEach(event -> {
                JsonNode attempt = event.at("/detail/attempt/attempt");
                JsonNode file = attempt.at("/media/file");
                table.row(
                        output.time(event.path("occurredAt")),
                        texts.word("verdict", event.path("verdict").asText("")),
                        file.path("name").asText(event.path("masked").asText("")),
                        attempt.path("bytes").asText(""),
                        file.path("sha256").asText(""));
            });
            output.table(table, "permits.no-events");
        });
        return ExitCodes.OK;
    }

    @Command(name = "revoke")
    int revoke(
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--reason", paramLabel = "TEXT", required = true) String reason) {
        JsonNode permit = workbench
                .connect()
                .post(
                        PATH + "/" + Query.segment(id) + "/revoke",
                        JsonNodeFactory.instance.objectNode().put("reason", reason));
        workbench.output().result(permit, () -> workbench.output().line(texts.text("permits.revoked", id)));
        return ExitCodes.OK;
    }

    private static void put(ObjectNode wanted, String field, @Nullable String value) {
        if (value != null) {
            wanted.put(field, value);
        }
    }

    private static @Nullable String name(@Nullable String typed) {
        return typed == null ? null : typed.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
