package org.sekisho.cli.output;

import java.util.ArrayList;
import java.util.List;

/** Rows under headings, columns as wide as their widest cell. Every row has as many cells as there are headings. */
public final class Table {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();
    private final int columns;

    public Table(String... headings) {
        this.columns = headings.length;
        rows.add(List.of(headings));
    }

    /** Adds a row; cells are made printable. */
    public Table row(String... cells) {
        if (cells.length != columns) {
            throw new IllegalArgumentException("A row of " + cells.length + " cells in a table of " + columns);
        }
        List<String> row = new ArrayList<>(columns);
        for (String cell : cells) {
            row.add(cell.isEmpty() ? "-" : Printable.line(cell));
        }
        rows.add(row);
        return this;
    }

    /** True while only the headings are there. */
    public boolean isEmpty() {
        return rows.size() == 1;
    }

    /** The table's lines, without trailing blanks. */
    public List<String> lines() {
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int column = 0; column < columns; column++) {
                widths[column] = Math.max(widths[column], DisplayWidth.of(row.get(column)));
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            line.append(column == 0 ? "" : GAP).append(DisplayWidth.padded(row.get(column), widths[column]));
        }
        return line.toString().stripTrailing();
    }
}
