package org.sekisho.cli.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.sekisho.cli.Shell;
import org.sekisho.cli.Texts;

/** Where a command's results go. Results go to standard output; what only tells of progress goes to standard error. */
public final class Output {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private final Shell shell;
    private final Texts texts;
    private final Format format;

    public Output(Shell shell, Texts texts, Format format) {
        this.shell = shell;
        this.texts = texts;
        this.format = format;
    }

    /** True: exactly one JSON document (or one a line) may go to standard output. */
    public boolean isJson() {
        return format == Format.JSON;
    }

    /** Writes the document when JSON is asked for, otherwise what {@code forPeople} prints. */
    public void result(JsonNode document, Runnable forPeople) {
        if (isJson()) {
            json(document);
        } else {
            forPeople.run();
        }
    }

    /** One indented JSON document. */
    public void json(JsonNode document) {
        try {
            shell.out().println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A JSON tree could not be written", e);
        }
    }

    /** One JSON document on one line, flushed, for a reader at the other end of a pipe. */
    public void jsonLine(JsonNode document) {
        shell.out().println(document);
        shell.out().flush();
    }

    /** One line, made printable. */
    public void line(String text) {
        shell.out().println(Printable.line(text));
        shell.out().flush();
    }

    /** Several lines as they are, made printable. */
    public void block(String text) {
        shell.out().print(Printable.lines(text));
        if (!text.endsWith("\n")) {
            shell.out().println();
        }
    }

    /** The table, or a sentence when it has no rows. */
    public void table(Table table, String emptyKey) {
        if (table.isEmpty()) {
            shell.out().println(texts.text(emptyKey));
        } else {
            table.lines().forEach(shell.out()::println);
        }
    }

    /** A line that is not a result: progress, warnings. */
    public void note(String text) {
        PrintWriter err = shell.err();
        err.println(Printable.line(text));
        err.flush();
    }

    /** A time from the wire in the operator's zone; as it came when it isn't one, empty when absent. */
    public String time(JsonNode value) {
        String text = value.asText("");
        try {
            return text.isEmpty() ? "" : TIME.format(Instant.parse(text).atZone(shell.zone()));
        } catch (DateTimeParseException e) {
            return text;
        }
    }
}
