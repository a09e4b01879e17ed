package org.sekisho.control.report;

import java.text.MessageFormat;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.document.Document;
import org.sekisho.control.document.Document.Column;
import org.sekisho.control.event.CsvLine;
import org.sekisho.control.report.ReportContent.Cell;
import org.sekisho.control.report.ReportContent.Part;
import org.sekisho.control.report.ReportView.PartView;

/** Puts a report into a language: for the page, as document, and as comma-separated values. Pure. */
final class ReportTexts {
    private static final String BUNDLE = "org.sekisho.control.report.texts";
    /** Excel takes a file without it for Shift_JIS. */
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm").withZone(ReportOrder.JAPAN);
    /** Longer texts get more room, up to so many Latin letters' worth; a heading of a few ideographs still fits the least. */
    private static final int WIDEST = 22;

    private static final int NARROWEST = 9;

    private final Locale language;
    private final ResourceBundle texts;
    private final NumberFormat numbers;

    ReportTexts(Locale language) {
        this.language = language;
        this.texts = ResourceBundle.getBundle(
                BUNDLE,
                language,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        this.numbers = NumberFormat.getIntegerInstance(language);
    }

    String title(ReportView report) {
        return text("title." + report.kind());
    }

    /** About which days and division, by whom, when. */
    String subtitle(ReportView report, String tenant) {
        String days = report.kind() == ReportKind.ENFORCEMENT
                ? text("asOf", report.until())
                : text("days", report.from(), report.until());
        String unit = report.orgUnit() == null ? text("whole") : report.orgUnit();
        return text("subtitle", tenant, unit, days, report.madeBy(), TIME.format(report.madeAt()));
    }

    List<PartView> parts(ReportContent content) {
        return content.parts().stream().map(this::part).toList();
    }

    private PartView part(Part part) {
        List<Boolean> numeric = new ArrayList<>();
        for (int column = 0; column < part.columns().size(); column++) {
            int at = column;
            numeric.add(!part.rows().isEmpty()
                    && part.rows().stream().allMatch(row -> row.get(at).kind() == Cell.Kind.NUMBER));
        }
        return new PartView(
                text(part.heading()) + (part.subject() == null ? "" : ": " + part.subject()),
                part.columns().stream().map(this::text).toList(),
                numeric,
                part.rows().stream()
                        .map(row -> row.stream().map(this::cell).toList())
                        .toList(),
                note(part));
    }

    private @Nullable String note(Part part) {
        if (part.truncated()) {
            return text("truncated", part.rows().size());
        }
        return texts.containsKey("note." + part.heading()) ? text("note." + part.heading()) : null;
    }

    private String cell(Cell cell) {
        return switch (cell.kind()) {
            case TEXT -> cell.value();
            case NUMBER -> numbers.format(Long.parseLong(cell.value()));
            case TIME -> TIME.format(Instant.parse(cell.value()));
            case WORD -> texts.containsKey(cell.value()) ? text(cell.value()) : cell.value();
        };
    }

    Document document(ReportView report, ReportContent content, String tenant) {
        Document.Builder document = new Document.Builder(title(report), subtitle(report, tenant), language);
        document.paragraph(text("reading." + report.kind()));
        for (PartView part : parts(content)) {
            document.heading(part.heading());
            if (part.note() != null) {
                document.paragraph(part.note());
            }
            if (part.rows().isEmpty()) {
                document.paragraph(text("none"));
            } else {
                document.table(columns(part), part.rows());
            }
        }
        return document.build();
    }

    private static List<Column> columns(PartView part) {
        List<Column> columns = new ArrayList<>();
        for (int column = 0; column < part.columns().size(); column++) {
            String heading = part.columns().get(column);
            int longest = width(heading);
            for (List<String> row : part.rows()) {
                longest = Math.max(longest, width(row.get(column)));
            }
            int share = Math.clamp(longest, NARROWEST, WIDEST);
            columns.add(new Column(heading, share, part.numbers().get(column)));
        }
        return columns;
    }

    /** In Latin letters' widths; what is no ASCII takes two. */
    private static int width(String text) {
        long wide = text.chars().filter(letter -> letter > 0x7F).count();
        return Math.toIntExact(text.length() + wide);
    }

    String csv(ReportView report, ReportContent content, String tenant) {
        StringBuilder csv =
                new StringBuilder(BYTE_ORDER_MARK).append(CsvLine.of(List.of(title(report), subtitle(report, tenant))));
        for (PartView part : parts(content)) {
            csv.append(CsvLine.of(List.of())).append(CsvLine.of(List.of(part.heading())));
            if (part.note() != null) {
                csv.append(CsvLine.of(List.of(part.note())));
            }
            csv.append(CsvLine.of(part.columns()));
            part.rows().forEach(row -> csv.append(CsvLine.of(row)));
        }
        return csv.toString();
    }

    private String text(String key, Object... values) {
        // A date or number goes in as it is written here, not as the pattern's language would.
        Object[] written = new Object[values.length];
        for (int i = 0; i < values.length; i++) {
            written[i] = String.valueOf(values[i]);
        }
        return new MessageFormat(texts.getString(key), language).format(written);
    }
}
