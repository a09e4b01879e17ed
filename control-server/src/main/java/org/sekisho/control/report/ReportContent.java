package org.sekisho.control.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a report found, in no language yet: headings and words are keys of the feature's texts. Immutable. */
record ReportContent(List<Part> parts) {
    ReportContent {
        parts = List.copyOf(parts);
    }

    /**
     * A table.
     *
     * @param heading key of a text
     * @param subject what it is about besides, such as a division's path
     * @param columns keys of texts
     * @param truncated there are more rows than are kept
     */
    record Part(
            String heading, @Nullable String subject, List<String> columns, List<List<Cell>> rows, boolean truncated) {
        Part {
            columns = List.copyOf(columns);
            rows = rows.stream().map(List::copyOf).toList();
        }

        static Part of(String heading, List<String> columns, List<List<Cell>> rows) {
            return new Part(heading, null, columns, rows, false);
        }

        /** Names and values. */
        static Part facts(String heading, Facts facts) {
            return of(heading, List.of("item", "value"), facts.rows);
        }
    }

    /** A value; written as text, so that it is stored exactly. */
    record Cell(Kind kind, String value) {
        /** How it is shown. */
        enum Kind {
            TEXT,
            NUMBER,
            TIME,
            /** A key of the feature's texts. */
            WORD
        }

        static Cell text(@Nullable String text) {
            return new Cell(Kind.TEXT, text == null ? "" : text);
        }

        static Cell number(long number) {
            return new Cell(Kind.NUMBER, String.valueOf(number));
        }

        static Cell time(@Nullable Instant time) {
            return time == null ? text("") : new Cell(Kind.TIME, time.toString());
        }

        static Cell word(String key) {
            return new Cell(Kind.WORD, key);
        }

        /** A division; none has a word of its own. */
        static Cell unit(@Nullable String path) {
            return path == null || path.isEmpty() ? word("noDivision") : text(path);
        }
    }

    /** Gathers names and values. */
    static final class Facts {
        private final List<List<Cell>> rows = new ArrayList<>();

        Facts add(String name, Cell value) {
            rows.add(List.of(Cell.word(name), value));
            return this;
        }
    }
}
