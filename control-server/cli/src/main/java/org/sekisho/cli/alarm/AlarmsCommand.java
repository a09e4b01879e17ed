package org.sekisho.cli.alarm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
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

/** {@code sekisho alarms}: what is not as it should be with terminals; without a sub-command it lists what is open. */
@Command(name = "alarms")
public final class AlarmsCommand implements Runnable {
    private static final int LIMIT = 100;

    private final Workbench workbench;
    private final Texts texts;

    public AlarmsCommand(Workbench workbench) {
        this.workbench = workbench;
        this.texts = workbench.texts();
    }

    @Override
    public void run() {
        list("open", null, null, LIMIT);
    }

    @Command(name = "list")
    int list(
            @Option(names = "--state", paramLabel = "open|cleared|all", defaultValue = "open") String state,
            @Option(names = "--kind", paramLabel = "KIND") @Nullable String kind,
            @Option(names = "--terminal", paramLabel = "ID") @Nullable String terminal,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "100") int limit) {
        String wanted = state.toUpperCase(Locale.ROOT);
        JsonNode found = workbench
                .connect()
                .list(
                        "/alarms",
                        new Query()
                                .with("state", wanted.equals("ALL") ? null : wanted)
                                .with(
                                        "kind",
                                        kind == null
                                                ? null
                                                : kind.toUpperCase(Locale.ROOT).replace('-', '_'))
                                .with("terminal", terminal),
                        limit);
        Output output = workbench.output();
        output.result(found, () -> {
            Table table = new Table(texts.text("alarms.headings").split("\\|", -1));
            found.path("items")
                    .forEach(alarm -> table.row(
                            alarm.path("id").asText(""),
                            texts.word("alarmKind", alarm.path("kind").asText("")),
                            what(alarm),
                            alarm.path("host").asText(""),
                            alarm.path("orgUnit").asText(""),
                            output.time(alarm.path("since")),
                            output.time(alarm.path("clearedAt")),
                            alarm.path("acknowledgedBy").asText("")));
            output.table(table, "alarms.none");
        });
        return ExitCodes.OK;
    }

    private String what(JsonNode alarm) {
        String said = switch (alarm.path("kind").asText("")) {
            case "CLOCK" -> texts.text("alarms.clock", alarm.path("amount").asLong() / 1_000);
            case "RECORD_LOST" -> texts.text("alarms.lost", alarm.path("amount").asLong());
            case "CHANNEL" -> texts.word("channel", alarm.path("channel").asText(""));
            default -> "";
        };
        return (said + " " + alarm.path("detail").asText("")).strip();
    }

    @Command(name = "acknowledge")
    int acknowledge(
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--note", paramLabel = "TEXT", required = true) String note) {
        RestClient client = workbench.connect();
        String path = "/alarms/" + Query.segment(id);
        ObjectNode seen = JsonNodeFactory.instance.objectNode().put("note", note);
        seen.set("version", client.get(path).path("version"));
        JsonNode after = client.post(path + "/acknowledgement", seen);
        workbench.output().result(after, () -> workbench.output().line(texts.text("alarms.acknowledged", id)));
        return ExitCodes.OK;
    }

    @Command(name = "settings")
    int settings(
            @Option(names = "--silent-minutes", paramLabel = "N") @Nullable Integer silentMinutes,
            @Option(names = "--working-hours", paramLabel = "HH:MM-HH:MM|always") @Nullable String workingHours,
            @Option(names = "--clock-seconds", paramLabel = "N") @Nullable Integer clockSeconds) {
        RestClient client = workbench.connect();
        JsonNode settings = client.get("/alarm-settings");
        ObjectNode changed = settings.deepCopy();
        if (silentMinutes != null) {
            changed.put("silentMinutes", silentMinutes);
        }
        if (clockSeconds != null) {
            changed.put("clockSeconds", clockSeconds);
        }
        if (workingHours != null) {
            String[] ends = workingHours.split("-", 2);
            changed.put("workingHoursOnly", ends.length == 2);
            if (ends.length == 2) {
                changed.put("workingFrom", ends[0]).put("workingUntil", ends[1]);
            }
        }
        JsonNode now = changed.equals(settings) ? settings : client.put("/alarm-settings", changed);
        Output output = workbench.output();
        output.result(now, () -> {
            Table table = new Table(texts.text("field"), texts.text("value"));
            table.row(
                    texts.text("alarms.silent-minutes"),
                    now.path("silentMinutes").asText(""));
            table.row(texts.text("alarms.working-hours"), hours(now));
            table.row(
                    texts.text("alarms.clock-seconds"), now.path("clockSeconds").asText(""));
            output.table(table, "alarms.none");
        });
        return ExitCodes.OK;
    }

    private String hours(JsonNode settings) {
        if (!settings.path("workingHoursOnly").asBoolean()) {
            return texts.text("alarms.always");
        }
        String days = StreamSupport.stream(settings.path("workingDays").spliterator(), false)
                .map(day -> texts.word("weekday", day.asText("")))
                .collect(Collectors.joining(" "));
        return days + " " + settings.path("workingFrom").asText("") + "-"
                + settings.path("workingUntil").asText("") + " "
                + settings.path("zone").asText("");
    }
}
