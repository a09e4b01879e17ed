package org.sekisho.control.event;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.organisation.Reach;

/**
 * Writes what a search finds, newest first, page by page in bounded memory, with the search itself as its heading. Ends when
 * the reader goes away. Thread-safe.
 */
@Singleton
class EventDownload {
    /** What a spreadsheet still handles well; who needs more narrows the time, or exports continuously. */
    static final int MAX_EVENTS = 100_000;

    private static final int PAGE = 500;
    private static final String BUNDLE = "org.sekisho.control.event.texts";
    /** Excel takes a file without it for Shift_JIS. */
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final EventSearch search;
    private final ObjectMapper json;
    private final Clock clock;

    @Inject
    EventDownload(EventSearch search, ObjectMapper json, Clock clock) {
        this.search = search;
        this.json = json;
        this.clock = clock;
    }

    void csv(Reach reach, EventQuery query, String operator, Locale language, OutputStream out) throws IOException {
        ResourceBundle texts = ResourceBundle.getBundle(
                BUNDLE,
                language,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        List<EventColumn> columns = EventColumn.ALL;
        write(
                out,
                BYTE_ORDER_MARK
                        + CsvLine.of(List.of(
                                texts.getString("title"), clock.instant().toString(), operator)));
        for (Map.Entry<String, String> condition : query.conditions().entrySet()) {
            write(out, CsvLine.of(List.of(texts.getString("search"), condition.getKey(), condition.getValue())));
        }
        write(
                out,
                CsvLine.of(columns.stream().map(column -> column.title(texts)).toList()));
        boolean complete = each(
                reach,
                query,
                event -> write(
                        out,
                        CsvLine.of(
                                columns.stream().map(column -> column.of(event)).toList())));
        if (!complete) {
            write(out, CsvLine.of(List.of(texts.getString("truncated"), String.valueOf(MAX_EVENTS))));
        }
    }

    void json(Reach reach, EventQuery query, String operator, OutputStream out) throws IOException {
        try (JsonGenerator generator = json.createGenerator(out)) {
            generator.writeStartObject();
            generator.writeStringField("at", clock.instant().toString());
            generator.writeStringField("operator", operator);
            generator.writeObjectField("search", query.conditions());
            generator.writeArrayFieldStart("items");
            boolean complete = each(reach, query, generator::writeObject);
            generator.writeEndArray();
            generator.writeBooleanField("complete", complete);
            generator.writeEndObject();
        }
    }

    /** Whether these were all. */
    private boolean each(Reach reach, EventQuery query, Writer writer) throws IOException {
        EventQuery page = query.page(PAGE, null);
        for (int written = 0; written < MAX_EVENTS; ) {
            EventsResource.EventPage found = search.page(reach, page);
            for (EventView event : found.items()) {
                writer.write(event);
            }
            written += found.items().size();
            String next = found.next();
            if (next == null) {
                return true;
            }
            page = query.page(PAGE, next);
        }
        return false;
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private interface Writer {
        void write(EventView event) throws IOException;
    }

    /** The languages that headings exist in. */
    static Locale language(@Nullable String tag) {
        return Arrays.asList("en", "en-US", "en-GB").contains(tag) ? Locale.ENGLISH : Locale.JAPANESE;
    }
}
