package org.sekisho.cli.overview;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.sekisho.cli.ExitCodes;
import org.sekisho.cli.Texts;
import org.sekisho.cli.Workbench;
import org.sekisho.cli.output.Output;
import org.sekisho.cli.output.Table;
import org.sekisho.cli.rest.Query;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sekisho overview}: what the console's start page shows, in figures. */
@Command(name = "overview")
public final class OverviewCommand implements Callable<Integer> {
    private final Workbench workbench;
    private final Texts texts;

    @Option(names = "--days", paramLabel = "N", defaultValue = "30")
    private int days = 30;

    public OverviewCommand(Workbench workbench) {
        this.workbench = workbench;
        this.texts = workbench.texts();
    }

    @Override
    public Integer call() {
        int offset = workbench
                        .shell()
                        .zone()
                        .getRules()
                        .getOffset(Instant.now(workbench.shell().clock()))
                        .getTotalSeconds()
                / 60;
        JsonNode found = workbench
                .connect()
                .get(
                        "/overview",
                        new Query().with("days", Integer.toString(days)).with("utcOffset", Integer.toString(offset)));
        Output output = workbench.output();
        output.result(found, () -> print(output, found));
        return ExitCodes.OK;
    }

    private void print(Output output, JsonNode found) {
        Table figures = new Table(texts.text("field"), texts.text("value"));
        figure(figures, "terminals", found.at("/terminals/total"));
        figure(figures, "enforced", found.at("/terminals/enforced"));
        figure(figures, "lagging", found.at("/terminals/lagging"));
        figure(figures, "failed", found.at("/terminals/failed"));
        figure(figures, "alarms", found.at("/alarms/open"));
        figure(figures, "incidents", found.at("/incidents/open"));
        figures.row(texts.text("overview.oldest"), output.time(found.at("/oldestIncident/openedAt")));
        figure(figures, "permits", found.at("/permits/inForce"));
        output.table(figures, "overview.nothing");
        output.line("");
        attempts(output, "overview.channel-headings", found.at("/attempts/channels"), true);
        output.line("");
        attempts(output, "overview.division-headings", found.at("/attempts/divisions"), false);
    }

    private void figure(Table table, String name, JsonNode value) {
        table.row(texts.text("overview." + name), value.asText("0"));
    }

    private void attempts(Output output, String headings, JsonNode lines, boolean isChannel) {
        Table table = new Table(texts.text(headings).split("\\|", -1));
        for (JsonNode line : lines) {
            String name = line.path("name").asText("");
            table.row(
                    isChannel
                            ? texts.word("channel", name)
                            : name.isEmpty() ? texts.text("overview.no-division") : name,
                    Long.toString(sum(line.path("attempts"))),
                    Long.toString(sum(line.path("stopped"))));
        }
        output.table(table, "overview.nothing");
    }

    private static long sum(JsonNode figures) {
        long sum = 0;
        for (JsonNode figure : figures) {
            sum += figure.asLong();
        }
        return sum;
    }
}
