package org.sekisho.control.media;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tables as comma-separated values (RFC 4180). What is written is safe to open in a spreadsheet: a cell that it would take for
 * a formula gets an apostrophe in front, which reading takes away again. Pure.
 */
final class MediaCsv {
    /** Japanese Excel saves "CSV" in Windows' own code page unless told otherwise. */
    private static final List<Charset> CHARSETS = List.of(StandardCharsets.UTF_8, Charset.forName("windows-31j"));

    private static final String FORMULA = "=+-@\t\r";
    private static final char MARK = '\uFEFF';

    private MediaCsv() {}

    /**
     * One line of a table.
     *
     * @param line from 1, where it begins in the text
     */
    record Row(int line, List<String> cells) {}

    /** The text in these bytes; empty: in none of the encodings that are known. */
    static Optional<String> text(byte[] bytes) {
        return CHARSETS.stream()
                .map(charset -> decoded(bytes, charset))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> decoded(byte[] bytes, Charset charset) {
        try {
            String text = charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return Optional.of(!text.isEmpty() && text.charAt(0) == MARK ? text.substring(1) : text);
        } catch (CharacterCodingException otherEncoding) {
            return Optional.empty();
        }
    }

    /** All lines but blank ones. A quote that is never closed takes all that follows into its cell. */
    static List<Row> read(String text) {
        List<Row> rows = new ArrayList<>();
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        int line = 1;
        int begun = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                line++;
            }
            if (quoted) {
                if (c != '"') {
                    cell.append(c);
                } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    cell.append('"');
                    i++;
                } else {
                    quoted = false;
                }
            } else if (c == '"' && cell.isEmpty()) {
                quoted = true;
            } else if (c == ',') {
                cells.add(take(cell));
            } else if (c == '\n') {
                end(rows, begun, cells, cell);
                begun = line;
            } else if (c != '\r') {
                cell.append(c);
            }
        }
        end(rows, begun, cells, cell);
        return rows;
    }

    private static void end(List<Row> rows, int line, List<String> cells, StringBuilder cell) {
        cells.add(take(cell));
        if (cells.stream().anyMatch(found -> !found.isEmpty())) {
            rows.add(new Row(line, List.copyOf(cells)));
        }
        cells.clear();
    }

    private static String take(StringBuilder cell) {
        String text = cell.toString().strip();
        cell.setLength(0);
        boolean guarded = text.length() > 1 && text.charAt(0) == '\'' && FORMULA.indexOf(text.charAt(1)) >= 0;
        return guarded ? text.substring(1) : text;
    }

    /** A table that a spreadsheet opens as what it is. */
    static String write(List<List<String>> rows) {
        StringBuilder text = new StringBuilder().append(MARK);
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                text.append(i == 0 ? "" : ",").append(cell(row.get(i)));
            }
            text.append("\r\n");
        }
        return text.toString();
    }

    private static String cell(String value) {
        String guarded = !value.isEmpty() && FORMULA.indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
        boolean plain = guarded.chars().noneMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r');
        return plain ? guarded : '"' + guarded.replace("\"", "\"\"") + '"';
    }
}
