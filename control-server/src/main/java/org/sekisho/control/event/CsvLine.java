package org.sekisho.control.event;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A line of comma-separated values (RFC 4180) that a spreadsheet takes as text. Pure. What begins like a formula gets an
 * apostrophe in front: a window title or file name, which anybody at a terminal can choose, must not become a formula on an
 * administrator's machine (OWASP, "CSV Injection").
 */
public final class CsvLine {
    /** Also their full-width forms, which Japanese spreadsheets take for the same. */
    private static final String FORMULA_STARTS = "=+-@\t\r\n＝＋－＠";

    private CsvLine() {}

    /** The line with its end. */
    public static String of(List<String> cells) {
        return cells.stream().map(CsvLine::cell).collect(Collectors.joining(",")) + "\r\n";
    }

    private static String cell(String text) {
        boolean formula = !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0;
        return '"' + (formula ? "'" : "") + text.replace("\"", "\"\"") + '"';
    }
}
