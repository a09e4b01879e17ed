package org.sekisho.control.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a document says, before it is set.
 *
 * @param title on its first page, and at the top of the others
 * @param subtitle below it, such as what it is about and when it was made
 * @param pageLabel pattern of the page numbers, with {@code %d} for the page and for how many there are
 */
public record Document(String title, String subtitle, String pageLabel, Locale language, List<Block> blocks) {
    /** Copied. */
    public Document {
        blocks = List.copyOf(blocks);
    }

    /** A part of a document. */
    public sealed interface Block {}

    /** Heads what follows; stays on its page. */
    public record Heading(String text) implements Block {}

    /** Running text; line feeds are kept. */
    public record Paragraph(String text) implements Block {}

    /** Names and values. */
    public record Facts(List<Map.Entry<String, String>> facts) implements Block {
        /** Copied. */
        public Facts {
            facts = List.copyOf(facts);
        }
    }

    /**
     * Rows below headings, which are repeated on each page.
     *
     * @param columns with their share of the width
     */
    public record Table(List<Column> columns, List<List<String>> rows) implements Block {
        /** Copied. */
        public Table {
            columns = List.copyOf(columns);
            rows = List.copyOf(rows);
        }
    }

    /**
     * A table's column.
     *
     * @param share of the width, relative to the others'
     * @param number set to the right
     */
    public record Column(String heading, double share, boolean number) {}

    /** Puts one together. */
    public static final class Builder {
        private final String title;
        private final String subtitle;
        private final Locale language;
        private final List<Block> blocks = new ArrayList<>();

        public Builder(String title, String subtitle, Locale language) {
            this.title = title;
            this.subtitle = subtitle;
            this.language = language;
        }

        public Builder heading(String text) {
            blocks.add(new Heading(text));
            return this;
        }

        public Builder paragraph(String text) {
            blocks.add(new Paragraph(text));
            return this;
        }

        public Builder facts(List<Map.Entry<String, String>> facts) {
            blocks.add(new Facts(facts));
            return this;
        }

        public Builder table(List<Column> columns, List<List<String>> rows) {
            blocks.add(new Table(columns, rows));
            return this;
        }

        public Document build() {
            String label = language.getLanguage().equals("ja") ? "%d / %d ページ" : "Page %d of %d";
            return new Document(title, subtitle, label, language, blocks);
        }
    }
}
