package org.sekisho.cli.notification;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

/** {@code sekisho notifications}: who is told of incidents and alarms; without a sub-command it lists. */
@Command(name = "notifications")
public final class NotificationsCommand implements Runnable {
    private static final String PATH = "/notification-subscriptions";
    private static final List<String> TOPICS = List.of("INCIDENT_OPENED", "INCIDENT_OVERDUE", "ALARM");
    /** The server keeps fewer. */
    private static final int LIMIT = 100;

    private final Workbench workbench;
    private final Texts texts;

    public NotificationsCommand(Workbench workbench) {
        this.workbench = workbench;
        this.texts = workbench.texts();
    }

    @Override
    public void run() {
        list();
    }

    @Command(name = "list")
    int list() {
        JsonNode found = workbench.connect().list(PATH, new Query(), LIMIT);
        Output output = workbench.output();
        output.result(found, () -> {
            Table table = new Table(texts.text("notifications.headings").split("\\|", -1));
            for (JsonNode one : found.path("items")) {
                boolean failing = one.path("failures").asInt() > 0;
                List<String> topics = new ArrayList<>();
                one.path("topics").forEach(topic -> topics.add(topic.asText("")));
                table.row(
                        one.path("id").asText(""),
                        one.path("name").asText(""),
                        one.path("transport").asText(""),
                        one.path("address").asText(""),
                        String.join(",", topics),
                        one.path("leastSeverity").asText(""),
                        texts.text(
                                !one.path("enabled").asBoolean()
                                        ? "exports.paused"
                                        : failing ? "exports.failing" : "exports.running"),
                        one.path("delivered").asText(""),
                        failing ? one.path("failure").asText("") : "");
            }
            output.table(table, "notifications.none");
        });
        return ExitCodes.OK;
    }

    @Command(name = "add")
    int add(
            @Parameters(paramLabel = "ADDRESS") String address,
            @Option(names = "--name", paramLabel = "TEXT", required = true) String label,
            @Option(names = "--topic", paramLabel = "TOPIC") @Nullable List<String> topics,
            @Option(names = "--least", paramLabel = "SEVERITY", defaultValue = "high") String least,
            @Option(names = "--branch", paramLabel = "PATH") @Nullable String branch,
            @Option(names = "--language", paramLabel = "LANGUAGE", defaultValue = "ja") String language) {
        ObjectNode wanted = JsonNodeFactory.instance
                .objectNode()
                .put("name", label)
                .put("transport", address.startsWith("https://") ? "WEBHOOK" : "MAIL")
                .put("address", address)
                .put("leastSeverity", least.toUpperCase(Locale.ROOT))
                .put("language", language);
        put(wanted, topics == null ? TOPICS : topics);
        if (branch != null) {
            wanted.put("branch", branch);
        }
        JsonNode made = workbench.connect().post(PATH, wanted);
        Output output = workbench.output();
        output.result(made, () -> {
            output.line(texts.text("notifications.added", label));
            if (made.hasNonNull("secret")) {
                output.line(
                        texts.text("notifications.secret", made.path("secret").asText("")));
            }
        });
        return ExitCodes.OK;
    }

    /** What isn't given stays as it is. */
    @Command(name = "edit")
    int edit(
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--name", paramLabel = "TEXT") @Nullable String label,
            @Option(names = "--address", paramLabel = "ADDRESS") @Nullable String address,
            @Option(names = "--topic", paramLabel = "TOPIC") @Nullable List<String> topics,
            @Option(names = "--least", paramLabel = "SEVERITY") @Nullable String least,
            @Option(names = "--branch", paramLabel = "PATH") @Nullable String branch,
            @Option(names = "--language", paramLabel = "LANGUAGE") @Nullable String language,
            @Option(names = "--enabled", paramLabel = "true|false", arity = "1") @Nullable Boolean enabled) {
        RestClient client = workbench.connect();
        ObjectNode change = JsonNodeFactory.instance.objectNode().put("version", version(client, id));
        put(change, "name", label);
        put(change, "address", address);
        put(change, "leastSeverity", least == null ? null : least.toUpperCase(Locale.ROOT));
        put(change, "branch", branch);
        put(change, "language", language);
        if (enabled != null) {
            change.put("enabled", enabled);
        }
        if (topics != null) {
            put(change, topics);
        }
        JsonNode after = client.patch(PATH + "/" + Query.segment(id), change);
        Output output = workbench.output();
        output.result(
                after,
                () -> output.line(
                        texts.text("notifications.edited", after.path("name").asText(id))));
        return ExitCodes.OK;
    }

    private long version(RestClient client, String id) {
        for (JsonNode one : client.list(PATH, new Query(), LIMIT).path("items")) {
            if (one.path("id").asText("").equals(id)) {
                return one.path("version").asLong();
            }
        }
        throw new CommandFailure(ExitCodes.REFUSED, texts.text("notifications.unknown", id));
    }

    private static void put(ObjectNode change, String field, @Nullable String value) {
        if (value != null) {
            change.put(field, value);
        }
    }

    private static void put(ObjectNode wanted, List<String> topics) {
        ArrayNode of = wanted.putArray("topics");
        topics.forEach(topic -> of.add(topic.toUpperCase(Locale.ROOT).replace('-', '_')));
    }

    @Command(name = "remove")
    int remove(@Parameters(paramLabel = "ID") String id) {
        workbench.connect().delete(PATH + "/" + Query.segment(id));
        workbench.output().line(texts.text("notifications.removed", id));
        return ExitCodes.OK;
    }
}
