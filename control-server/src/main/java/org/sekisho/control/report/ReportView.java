package org.sekisho.control.report;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A report.
 *
 * @param from first day, in Japan
 * @param until last day, included
 * @param orgUnit the division that it is about, with all below; absent: the whole organisation
 * @param done steps of its making that are done
 * @param total steps that there are; 0: not known yet
 * @param failure why it could not be made
 * @param title in the language that was asked for; only of a single report
 * @param parts its tables in that language, once it is made; only of a single report
 */
@Schema(
        name = "Report",
        requiredProperties = {"id", "kind", "from", "until", "madeBy", "madeAt", "state", "done", "total"})
public record ReportView(
        long id,
        ReportKind kind,
        LocalDate from,
        LocalDate until,
        @Nullable String orgUnit,
        String madeBy,
        Instant madeAt,
        State state,
        int done,
        int total,
        @Nullable Instant finishedAt,
        @Nullable String failure,
        @Nullable String title,
        @Nullable List<PartView> parts) {
    /** How far it has come. */
    @Schema(name = "ReportState")
    public enum State {
        WAITING,
        RUNNING,
        DONE,
        FAILED,
        CANCELLED
    }

    /**
     * A table, ready to be read.
     *
     * @param numbers for each column, whether it holds numbers
     * @param note what must be known of it
     */
    @Schema(
            name = "ReportPart",
            requiredProperties = {"heading", "columns", "numbers", "rows"})
    public record PartView(
            String heading,
            List<String> columns,
            List<Boolean> numbers,
            List<List<String>> rows,
            @Nullable String note) {
        /** Copied. */
        public PartView {
            columns = List.copyOf(columns);
            numbers = List.copyOf(numbers);
            rows = rows.stream().map(List::copyOf).toList();
        }
    }

    ReportOrder order() {
        return new ReportOrder(kind, from, until, orgUnit);
    }

    ReportView read(String inWords, List<PartView> tables) {
        return new ReportView(
                id,
                kind,
                from,
                until,
                orgUnit,
                madeBy,
                madeAt,
                state,
                done,
                total,
                finishedAt,
                failure,
                inWords,
                tables);
    }
}
