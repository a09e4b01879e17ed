package org.sekisho.control.event;

import java.util.List;
import java.util.ResourceBundle;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A column of a downloaded list.
 *
 * @param name in the message bundle
 */
record EventColumn(String name, Function<EventView, @Nullable String> value) {
    static final List<EventColumn> ALL = List.of(
            new EventColumn("occurred", event -> event.occurredAt().toString()),
            new EventColumn("received", event -> event.receivedAt().toString()),
            new EventColumn("terminal", EventView::terminal),
            new EventColumn("user", EventView::user),
            new EventColumn("kind", EventView::kind),
            new EventColumn("channel", EventView::channel),
            new EventColumn("verdict", EventView::verdict),
            new EventColumn("enforcement", EventView::enforcement),
            new EventColumn("severity", EventView::severity),
            new EventColumn("rule", EventView::rule),
            new EventColumn("revision", event -> String.valueOf(event.revision())),
            new EventColumn(
                    "labels",
                    event -> event.labels().stream()
                            .map(label -> label.label() + " × " + label.count() + " (" + label.grade() + ")")
                            .collect(Collectors.joining(", "))),
            new EventColumn("source", EventView::source),
            new EventColumn("destination", EventView::destination),
            new EventColumn("summary", EventView::masked),
            new EventColumn("count", event -> String.valueOf(event.count())),
            new EventColumn(
                    "incident",
                    event -> event.incident() == null ? null : event.incident().toString()),
            new EventColumn("chain", event -> event.chain().name()),
            new EventColumn("branch", event -> String.valueOf(event.branch())),
            new EventColumn("seq", event -> String.valueOf(event.seq())));

    /** What the event has in it; empty if nothing. */
    String of(EventView event) {
        String found = value.apply(event);
        return found == null ? "" : found;
    }

    /** Its heading. */
    String title(ResourceBundle texts) {
        return texts.getString("column." + name);
    }
}
