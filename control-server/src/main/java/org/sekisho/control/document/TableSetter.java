package org.sekisho.control.document;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.sekisho.control.document.Document.Column;
import org.sekisho.control.document.Document.Table;

/**
 * Sets a table: its headings again on each page, rows kept together where they fit on one page, and gone on with on the next
 * where they don't.
 */
final class TableSetter {
    private static final float PADDING = 3;

    private final PageSetter pages;

    TableSetter(PageSetter pages) {
        this.pages = pages;
    }

    void set(Table table) throws IOException {
        List<Column> columns = table.columns();
        double shares = columns.stream().mapToDouble(Column::share).sum();
        float[] widths = new float[columns.size()];
        for (int column = 0; column < widths.length; column++) {
            widths[column] = (float) (pages.width() * columns.get(column).share() / shares);
        }
        List<List<String>> heading = cells(columns.stream().map(Column::heading).toList(), widths);
        pages.room(height(heading) + PageSetter.height(2, PageSetter.SMALL));
        head(heading, columns, widths);
        for (List<String> row : table.rows()) {
            List<List<String>> cells = cells(row, widths);
            boolean fitsOnAPage = height(cells) + height(heading) < pages.pageHeight();
            if (!pages.fits(fitsOnAPage ? height(cells) : PageSetter.height(1, PageSetter.SMALL) + 2 * PADDING)) {
                pages.newPage();
                head(heading, columns, widths);
            }
            row(cells, heading, columns, widths);
        }
        pages.down(8);
    }

    private void head(List<List<String>> heading, List<Column> columns, float[] widths) throws IOException {
        pages.band(height(heading));
        row(heading, heading, columns, widths);
    }

    private void row(List<List<String>> cells, List<List<String>> heading, List<Column> columns, float[] widths)
            throws IOException {
        pages.down(PADDING);
        int most = cells.stream().mapToInt(List::size).max().orElse(0);
        for (int line = 0; line < most; line++) {
            if (!pages.fits(PageSetter.height(1, PageSetter.SMALL))) {
                pages.newPage();
                head(heading, columns, widths);
                pages.down(PADDING);
            }
            float x = PageSetter.left();
            for (int column = 0; column < cells.size(); column++) {
                if (line < cells.get(column).size()) {
                    put(cells.get(column).get(line), x, widths[column], columns.get(column));
                }
                x += widths[column];
            }
            pages.down(PageSetter.height(1, PageSetter.SMALL));
        }
        pages.down(PADDING);
        pages.rule(PageSetter.left(), pages.width(), 0.6f);
    }

    private void put(String text, float x, float width, Column column) throws IOException {
        float from = column.number() ? x + width - PADDING - pages.textWidth(text, PageSetter.SMALL) : x + PADDING;
        pages.put(from, pages.y() - PageSetter.SMALL, text, PageSetter.SMALL, 0);
    }

    private List<List<String>> cells(List<String> row, float[] widths) {
        List<List<String>> cells = new ArrayList<>();
        for (int column = 0; column < widths.length; column++) {
            String text = column < row.size() ? row.get(column) : "";
            cells.add(pages.lines(text, PageSetter.SMALL, widths[column] - 2 * PADDING));
        }
        return cells;
    }

    private static float height(List<List<String>> cells) {
        int most = cells.stream().mapToInt(List::size).max().orElse(0);
        return PageSetter.height(most, PageSetter.SMALL) + 2 * PADDING;
    }
}
