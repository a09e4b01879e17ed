package org.sekisho.cli.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import org.sekisho.cli.CommandFailure;
import org.sekisho.cli.ExitCodes;
import org.sekisho.cli.Texts;
import org.sekisho.cli.Times;
import org.sekisho.cli.Workbench;
import org.sekisho.cli.output.Output;
import org.sekisho.cli.output.Table;
import org.sekisho.cli.rest.EventFeed;
import org.sekisho.cli.rest.Pause;
import org.sekisho.cli.rest.Query;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sekisho events}: stored events, newest first, or live ones as they come. */
@Command(name = "events")
public final class EventsCommand implements Callable<Integer> {
    private final Workbench workbench;
    private final Texts texts;

    @Mixin
    private EventFilter filter = new EventFilter();

    @Option(names = "--limit", paramLabel = "N", defaultValue = "100")
    private int limit;

    @Option(names = {"-f", "--follow"})
    private boolean follow;

    @Option(names = "--stop-after", paramLabel = "N", defaultValue = "0")
    private int stopAfter;

    public EventsCommand(Workbench workbench) {
        this.workbench = workbench;
        this.texts = workbench.texts();
    }

    @Override
    public Integer call() {
        return follow ? follow() : search();
    }

    private int search() {
        Output output = workbench.output();
        Query query = withDetail(filter.query(new Times(workbench.shell(), texts)), output);
        JsonNode found = workbench.connect().list("/events", query, limit);
        output.result(found, () -> {
            Table table = new Table(texts.text("events.headings").split("\\|", -1));
            EventView view = new EventView(texts, output);
            found.path("items").forEach(event -> table.row(view.cells(event)));
            output.table(table, "events.none");
        });
        return ExitCodes.OK;
    }

    /** Whoever reads JSON gets all that is recorded; the table shows nothing of it. */
    private static Query withDetail(Query query, Output output) {
        return query.with("detail", output.isJson() ? "true" : null);
    }

    private int follow() {
        Output output = workbench.output();
        try {
            new EventFeed(workbench.connect(), Pause.REAL)
                    .follow("/events/stream", withDetail(filter.live(), output), new Printer(output));
            return ExitCodes.OK;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCodes.UNUSABLE, texts.text("events.interrupted"), e);
        }
    }

    private final class Printer implements EventFeed.Listener {
        private final Output output;
        private final EventView view;
        private int printed;

        private Printer(Output output) {
            this.output = output;
            this.view = new EventView(texts, output);
        }

        @Override
        public boolean event(JsonNode event) {
            if (!filter.matches(event)) {
                return true;
            }
            if (output.isJson()) {
                output.jsonLine(event);
            } else {
                output.line(view.liveLine(event));
            }
            printed++;
            return stopAfter <= 0 || printed < stopAfter;
        }

        @Override
        public void lagged() {
            output.note(texts.text("events.lagged"));
        }

        @Override
        public void reconnecting(String why) {
            output.note(texts.text("events.reconnecting", why));
        }
    }
}
