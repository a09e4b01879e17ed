package org.sekisho.control.report;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;
import org.sekisho.control.organisation.Reach;
import org.sekisho.control.report.ReportContent.Cell;
import org.sekisho.control.report.ReportContent.Facts;
import org.sekisho.control.report.ReportContent.Part;
import org.sekisho.control.store.Times;

/**
 * What was tried to be taken out, and what became of it. Names no person: who did something is in the incidents, which each
 * look at is recorded of.
 */
@Singleton
class ExfiltrationReport implements ReportWriter {
    private static final int TOP = 20;
    /** A terminal that was away so long still has its records in. */
    private static final Duration LATE = Duration.ofDays(31);

    private static final String FIGURES = """
            coalesce(sum(attempts), 0) AS attempts, coalesce(sum(attempts) FILTER (WHERE verdict = 5), 0) AS stopped,
            coalesce(sum(attempts) FILTER (WHERE verdict = 4), 0) AS read_only,
            coalesce(sum(attempts) FILTER (WHERE verdict = 3), 0) AS justified,
            coalesce(sum(attempts) FILTER (WHERE verdict = 2), 0) AS audited""";
    private static final List<String> HEADINGS = List.of("attempts", "stopped", "readOnly", "justified", "audited");

    private final Jdbi jdbi;
    private final Clock clock;

    @Inject
    ExfiltrationReport(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    @Override
    public ReportKind kind() {
        return ReportKind.EXFILTRATION;
    }

    @Override
    public ReportContent write(ReportOrder order, Progress progress) {
        Instant last = order.end().plus(LATE);
        LocalDate until =
                LocalDate.ofInstant(last.isBefore(clock.instant()) ? last : clock.instant(), ReportOrder.JAPAN);
        int days = Math.toIntExact(Math.max(0, until.toEpochDay() - order.from().toEpochDay() + 1));
        int total = days + 2;
        progress.step(0, total);
        List<Part> parts = new ArrayList<>(jdbi.withHandle(handle -> counted(handle, order)));
        Map<String, Long> rules = new TreeMap<>();
        Map<String, Long> labels = new TreeMap<>();
        for (int day = 0; day < days; day++) {
            progress.step(day + 1, total);
            LocalDate received = order.from().plusDays(day);
            jdbi.useHandle(handle -> stopped(handle, order, received, rules, labels));
        }
        parts.add(top("byRule", "rule", rules, false));
        parts.add(top("byLabel", "label", labels, true));
        progress.step(days + 1, total);
        parts.add(jdbi.withHandle(handle -> incidents(handle, order)));
        progress.step(total, total);
        return new ReportContent(parts);
    }

    private static List<Part> counted(Handle handle, ReportOrder order) {
        List<List<Cell>> all = rows(handle, order, "1", "");
        return List.of(
                Part.facts("summary", facts(all.getFirst())),
                by(
                        "byChannel",
                        "channel",
                        rows(handle, order, "channel", "GROUP BY 1 ORDER BY 1"),
                        cell -> EnforcementReport.channel(Integer.parseInt(cell.value()))),
                by(
                        "byDivision",
                        "division",
                        rows(handle, order, "org_unit", "GROUP BY 1 ORDER BY 1"),
                        cell -> Cell.unit(cell.value())),
                by(
                        "byDay",
                        "day",
                        rows(
                                handle,
                                order,
                                "to_char(hour AT TIME ZONE 'Asia/Tokyo', 'YYYY-MM-DD')",
                                "GROUP BY 1 ORDER BY 1"),
                        cell -> cell));
    }

    private static Facts facts(List<Cell> row) {
        Facts facts = new Facts();
        for (int i = 0; i < HEADINGS.size(); i++) {
            facts.add(HEADINGS.get(i), row.get(i + 1));
        }
        return facts;
    }

    private static Part by(
            String heading, String column, List<List<Cell>> rows, java.util.function.UnaryOperator<Cell> name) {
        List<String> columns = new ArrayList<>(List.of(column));
        columns.addAll(HEADINGS);
        return Part.of(
                heading,
                columns,
                rows.stream()
                        .map(row -> {
                            List<Cell> named = new ArrayList<>(row);
                            named.set(0, name.apply(row.getFirst()));
                            return named;
                        })
                        .toList());
    }

    private static List<List<Cell>> rows(Handle handle, ReportOrder order, String name, String grouped) {
        return within(
                        order,
                        handle.createQuery("SELECT " + name + " AS name, " + FIGURES
                                + " FROM attempt_count WHERE hour >= :begin AND hour < :end AND "
                                + order.reach().condition("org_unit") + " " + grouped))
                .map((row, context) -> List.of(
                        Cell.text(row.getString("name")),
                        Cell.number(row.getLong("attempts")),
                        Cell.number(row.getLong("stopped")),
                        Cell.number(row.getLong("read_only")),
                        Cell.number(row.getLong("justified")),
                        Cell.number(row.getLong("audited"))))
                .list();
    }

    private static <S extends SqlStatement<S>> S within(ReportOrder order, S statement) {
        return order.reach()
                .bind(statement.bind("begin", Times.sql(order.begin())).bind("end", Times.sql(order.end())));
    }

    /** What was stopped and came in on one day, which an index finds. */
    private static void stopped(
            Handle handle, ReportOrder order, LocalDate received, Map<String, Long> rules, Map<String, Long> labels) {
        Reach reach = order.reach();
        within(
                        order,
                        handle.createQuery("""
                        SELECT coalesce(rule, '') AS rule, coalesce(labels, '{}') AS labels, count(*) AS stopped FROM event
                        WHERE verdict = 5 AND received_at >= :day AND received_at < :next
                          AND occurred_at >= :begin AND occurred_at < :end AND %s
                        GROUP BY 1, 2""".formatted(reach.terminalCondition("terminal")))
                                .bind(
                                        "day",
                                        Times.sql(received.atStartOfDay(ReportOrder.JAPAN)
                                                .toInstant()))
                                .bind(
                                        "next",
                                        Times.sql(received.plusDays(1)
                                                .atStartOfDay(ReportOrder.JAPAN)
                                                .toInstant())))
                .map((row, context) -> {
                    long count = row.getLong("stopped");
                    rules.merge(row.getString("rule"), count, Long::sum);
                    for (String label : (String[]) row.getArray("labels").getArray()) {
                        labels.merge(label, count, Long::sum);
                    }
                    return count;
                })
                .list();
    }

    private static Part top(String heading, String column, Map<String, Long> counts, boolean words) {
        List<List<Cell>> rows = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(TOP)
                .map(entry -> List.of(
                        entry.getKey().isEmpty()
                                ? Cell.word("noRule")
                                : words ? Cell.word("label." + entry.getKey()) : Cell.text(entry.getKey()),
                        Cell.number(entry.getValue())))
                .toList();
        return new Part(heading, null, List.of(column, "stopped"), rows, counts.size() > TOP);
    }

    private static Part incidents(Handle handle, ReportOrder order) {
        return Part.of(
                "incidents",
                List.of("kind", "incidentState", "finding", "count"),
                within(order, handle.createQuery("""
                                SELECT i.kind, i.state, i.finding, count(*) AS incidents
                                FROM incident i LEFT JOIN terminal t ON t.id = i.terminal
                                WHERE i.opened_at >= :begin AND i.opened_at < :end AND %s
                                GROUP BY 1, 2, 3 ORDER BY 1, 2, 3""".formatted(order.reach().condition("t.org_unit"))))
                        .map((row, context) -> List.of(
                                Cell.word("incident." + row.getString("kind")),
                                Cell.word("state." + row.getString("state")),
                                row.getString("finding") == null
                                        ? Cell.text("")
                                        : Cell.word("finding." + row.getString("finding")),
                                Cell.number(row.getLong("incidents"))))
                        .list());
    }
}
