package org.sekisho.cli.media;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
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
import org.sekisho.cli.rest.RestClient;
import org.sekisho.cli.rest.ServerRefusal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sekisho media}: the media register; without a sub-command it lists. */
@Command(name = "media")
public final class MediaCommand implements Runnable {
    private static final String PATH = "/media";

    private final Workbench workbench;
    private final Texts texts;

    public MediaCommand(Workbench workbench) {
        this.workbench = workbench;
        this.texts = workbench.texts();
    }

    @Override
    public void run() {
        list(null, null, 100);
    }

    @Command(name = "list")
    int list(
            @Option(names = "--state", paramLabel = "STATE") @Nullable String state,
            @Option(names = "--query", paramLabel = "TEXT") @Nullable String query,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "100") int limit) {
        JsonNode found = workbench
                .connect()
                .list(PATH, new Query().with("state", name(state)).with("q", query), limit);
        Output output = workbench.output();
        output.result(found, () -> {
            Table table = new Table(texts.text("media.headings").split("\\|", -1));
            found.path("items")
                    .forEach(medium -> table.row(
                            medium.path("id").asText(""),
                            medium.path("name").asText(""),
                            texts.word("medium-state", medium.path("state").asText("")),
                            texts.word("segment", medium.path("segment").asText("")),
                            medium.path("owner").asText(""),
                            device(medium.path("device")),
                            output.time(medium.path("expiresAt")),
                            output.time(medium.path("seen").path("at"))));
            output.table(table, "media.none");
        });
        return ExitCodes.OK;
    }

    private static String device(JsonNode device) {
        return device.path("vendorId").asText("") + ":"
                + device.path("productId").asText("") + ":"
                + device.path("serial").asText("");
    }

    @Command(name = "register")
    int register(
            @Option(names = "--name", paramLabel = "TEXT", required = true) String label,
            @Option(names = "--segment", paramLabel = "SEGMENT", required = true) String segment,
            @Option(names = "--event", paramLabel = "TERMINAL/SEQ") @Nullable String event,
            @Option(names = "--hash", paramLabel = "HEX") @Nullable String hash,
            @Option(names = "--vendor", paramLabel = "HEX") @Nullable String vendor,
            @Option(names = "--product", paramLabel = "HEX") @Nullable String product,
            @Option(names = "--serial", paramLabel = "TEXT") @Nullable String serial,
            @Option(names = "--owner", paramLabel = "PATH") @Nullable String owner,
            @Option(names = "--note", paramLabel = "TEXT") @Nullable String note,
            @Option(names = "--expires", paramLabel = "TIME") @Nullable String expires) {
        ObjectNode wanted = JsonNodeFactory.instance
                .objectNode()
                .put("name", label)
                .put("segment", segment.toUpperCase(Locale.ROOT).replace('-', '_'));
        if (event != null) {
            wanted.set("event", EventRef.of(event, texts));
        }
        if (hash != null || vendor != null || product != null || serial != null) {
            ObjectNode device = wanted.putObject("device");
            put(device, "hash", hash);
            put(device, "vendorId", vendor);
            put(device, "productId", product);
            put(device, "serial", serial);
        }
        put(wanted, "owner", owner);
        put(wanted, "note", note);
        put(
                wanted,
                "expiresAt",
                expires == null
                        ? null
                        : new Times(workbench.shell(), texts).future(expires).toString());
        JsonNode medium = workbench.connect().post(PATH, wanted);
        workbench
                .output()
                .result(
                        medium,
                        () -> workbench
                                .output()
                                .line(texts.text(
                                        "media.registered", medium.path("id").asText(""))));
        return ExitCodes.OK;
    }

    @Command(name = "withdraw")
    int withdraw(
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--lost") boolean lost,
            @Option(names = "--reason", paramLabel = "TEXT", required = true) String reason) {
        RestClient server = workbench.connect();
        String path = PATH + "/" + Query.segment(id);
        JsonNode medium = server.patch(
                path,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("state", lost ? "LOST" : "WITHDRAWN")
                        .put("reason", reason)
                        .put("version", server.get(path).path("version").asLong()));
        workbench
                .output()
                .result(
                        medium,
                        () -> workbench
                                .output()
                                .line(texts.text(
                                        "media.changed",
                                        id,
                                        texts.word(
                                                "medium-state",
                                                medium.path("state").asText("")))));
        return ExitCodes.OK;
    }

    @Command(name = "import")
    int importTable(@Parameters(paramLabel = "FILE") Path file) {
        JsonNode answer;
        try {
            answer = workbench.connect().upload(PATH + "/import", "text/csv", Files.readAllBytes(file));
        } catch (IOException e) {
            throw new CommandFailure(ExitCodes.UNUSABLE, texts.text("media.unreadable", file), e);
        } catch (ServerRefusal refusal) {
            explain(file, refusal.problem().path("findings"));
            throw refusal;
        }
        workbench
                .output()
                .result(
                        answer,
                        () -> workbench
                                .output()
                                .line(texts.text(
                                        "media.imported",
                                        answer.path("registered").asText("0"))));
        return ExitCodes.OK;
    }

    private void explain(Path file, JsonNode findings) {
        for (JsonNode finding : findings) {
            workbench
                    .output()
                    .note(file + ":" + finding.path("line").asText("") + ": "
                            + finding.path("message").path(texts.tag()).asText(""));
        }
    }

    @Command(name = "export")
    int exportTable() {
        String table = new String(workbench.connect().download(PATH + "/export"), StandardCharsets.UTF_8);
        workbench.shell().out().print(table);
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
