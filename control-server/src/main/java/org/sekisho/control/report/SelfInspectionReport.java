package org.sekisho.control.report;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;
import org.sekisho.control.report.EnforcementReport.Standing;
import org.sekisho.control.report.ReportContent.Cell;
import org.sekisho.control.report.ReportContent.Facts;
import org.sekisho.control.report.ReportContent.Part;
import org.sekisho.control.store.Times;

/**
 * 自己点検: what the basic policy asks each division to look at, answered by what was measured. A division is the one that a
 * terminal belongs to when the report is made; attempts count where they were counted.
 */
@Singleton
class SelfInspectionReport implements ReportWriter {
    private final Jdbi jdbi;
    private final Clock clock;

    @Inject
    SelfInspectionReport(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /**
     * One item. Its query answers {@code unit, figure} for each division that has one; what should be none asks for a second
     * look where there is any.
     */
    private enum Item {
        TERMINALS(false, ""),
        NOT_ENFORCING(true, ""),
        FAILED_HOURS(true, """
                SELECT t.org_unit AS unit, ceil(sum(extract(epoch FROM least(coalesce(c.until_at, now()), :end) - greatest(c.from_at, :begin)))
                       / 3600) AS figure
                FROM channel_state c JOIN terminal t ON t.id = c.terminal
                WHERE c.mode = 4 AND c.from_at < :end AND coalesce(c.until_at > :begin, true) AND %s GROUP BY 1"""),
        SILENT(false, alarms("count(*)", "a.kind = 'SILENT'")),
        CLOCK(false, alarms("count(*)", "a.kind = 'CLOCK'")),
        RECORDS_LOST(true, alarms("sum(a.amount)", "a.kind = 'RECORD_LOST'")),
        ALARMS_UNSEEN(true, alarms("count(*)", "a.acknowledged_at IS NULL")),
        CHAIN_BREAKS(true, """
                SELECT t.org_unit AS unit, count(*) AS figure FROM chain_break b JOIN terminal t ON t.id = b.terminal
                WHERE b.at >= :begin AND b.at < :end AND %s GROUP BY 1"""),
        ATTEMPTS(false, attempts("true")),
        STOPPED(false, attempts("t.verdict = 5")),
        INCIDENTS(false, incidents("true")),
        INCIDENTS_LATE(true, incidents("i.due_at < coalesce(i.closed_at, least(:end, now()))")),
        LEAKS(false, incidents("i.leak_known_at IS NOT NULL")),
        REPORTS_LATE(
                true,
                incidents(
                        "i.leak_known_at IS NOT NULL AND coalesce(i.preliminary_at, now()) > i.leak_known_at + interval '5 days'")),
        PERMITS(false, permits("true")),
        PERMITS_USED(false, permits("p.used > 0")),
        MEDIA_LOST(true, """
                SELECT t.owner AS unit, count(*) AS figure FROM medium t
                WHERE t.state = 'LOST' AND t.state_at >= :begin AND t.state_at < :end AND %s GROUP BY 1""", "t.owner");

        private final boolean shouldBeNone;
        private final String sql;
        private final String unit;

        Item(boolean shouldBeNone, String sql) {
            this(shouldBeNone, sql, "t.org_unit");
        }

        Item(boolean shouldBeNone, String sql, String unit) {
            this.shouldBeNone = shouldBeNone;
            this.sql = sql;
            this.unit = unit;
        }

        private static String alarms(String figure, String condition) {
            return "SELECT t.org_unit AS unit, " + figure
                    + " AS figure FROM alarm a JOIN terminal t ON t.id = a.terminal"
                    + " WHERE a.raised_at >= :begin AND a.raised_at < :end AND " + condition + " AND %s GROUP BY 1";
        }

        private static String attempts(String condition) {
            return "SELECT t.org_unit AS unit, sum(t.attempts) AS figure FROM attempt_count t"
                    + " WHERE t.hour >= :begin AND t.hour < :end AND " + condition + " AND %s GROUP BY 1";
        }

        private static String incidents(String condition) {
            return "SELECT t.org_unit AS unit, count(*) AS figure FROM incident i LEFT JOIN terminal t ON t.id = i.terminal"
                    + " WHERE i.opened_at >= :begin AND i.opened_at < :end AND " + condition + " AND %s GROUP BY 1";
        }

        private static String permits(String condition) {
            return "SELECT t.org_unit AS unit, count(*) AS figure FROM permit p JOIN terminal t ON t.id = p.terminal"
                    + " WHERE p.granted_at >= :begin AND p.granted_at < :end AND " + condition + " AND %s GROUP BY 1";
        }

        Cell result(long figure) {
            return Cell.word(!shouldBeNone ? "info" : figure == 0 ? "good" : "check");
        }
    }

    @Override
    public ReportKind kind() {
        return ReportKind.SELF_INSPECTION;
    }

    @Override
    public ReportContent write(ReportOrder order, Progress progress) {
        Map<String, Map<Item, Long>> divisions = new TreeMap<>();
        int done = 0;
        for (Item item : Item.values()) {
            progress.step(done++, Item.values().length + 1);
            jdbi.useHandle(handle -> answer(handle, order, item, divisions));
        }
        progress.step(done, done + 1);
        List<Part> parts = new ArrayList<>();
        if (order.orgUnit() == null) {
            parts.add(jdbi.withHandle(handle -> organisation(handle, order)));
        }
        parts.add(Part.of(
                "byDivision",
                List.of("division", "good", "check"),
                divisions.entrySet().stream()
                        .map(division -> List.of(
                                Cell.unit(division.getKey()),
                                Cell.number(results(division.getValue(), "good")),
                                Cell.number(results(division.getValue(), "check"))))
                        .toList()));
        divisions.forEach((unit, figures) -> parts.add(inspection(unit, figures)));
        progress.step(done + 1, done + 1);
        return new ReportContent(parts);
    }

    private void answer(Handle handle, ReportOrder order, Item item, Map<String, Map<Item, Long>> divisions) {
        switch (item) {
            case TERMINALS -> standings(handle, order).forEach(one -> add(divisions, one.unit(), item, 1));
            case NOT_ENFORCING ->
                standings(handle, order).stream()
                        .filter(one -> !one.isEnforcing())
                        .forEach(one -> add(divisions, one.unit(), item, 1));
            default -> {
                var query = handle.createQuery(item.sql.formatted(order.reach().condition(item.unit)))
                        .bind("begin", Times.sql(order.begin()))
                        .bind("end", Times.sql(order.end()));
                query.getConfig(SqlStatements.class).setUnusedBindingAllowed(true);
                order.reach()
                        .bind(query)
                        .map((row, context) -> Map.entry(
                                row.getString("unit") == null ? "" : row.getString("unit"), row.getLong("figure")))
                        .list()
                        .forEach(found -> add(divisions, found.getKey(), item, found.getValue()));
            }
        }
    }

    private List<Standing> standings(Handle handle, ReportOrder order) {
        Instant now = clock.instant();
        return EnforcementReport.standings(handle, order.reach(), order.end().isBefore(now) ? order.end() : now);
    }

    private static void add(Map<String, Map<Item, Long>> divisions, String unit, Item item, long figure) {
        divisions.computeIfAbsent(unit, any -> new LinkedHashMap<>()).merge(item, figure, Long::sum);
    }

    private static long results(Map<Item, Long> figures, String wanted) {
        long count = 0;
        for (Item item : Item.values()) {
            if (item.result(figures.getOrDefault(item, 0L)).value().equals(wanted)) {
                count++;
            }
        }
        return count;
    }

    private static Part inspection(String unit, Map<Item, Long> figures) {
        List<List<Cell>> rows = new ArrayList<>();
        for (Item item : Item.values()) {
            long figure = figures.getOrDefault(item, 0L);
            rows.add(List.of(Cell.word("inspect." + item.name()), Cell.number(figure), item.result(figure)));
        }
        return new Part(
                unit.isEmpty() ? "inspectionOfNone" : "inspection",
                unit.isEmpty() ? null : unit,
                List.of("item", "measured", "result"),
                rows,
                false);
    }

    /** What no division answers for. */
    private static Part organisation(Handle handle, ReportOrder order) {
        return handle.createQuery("""
                        SELECT (SELECT count(*) FROM policy WHERE published_at >= :begin AND published_at < :end) AS revisions,
                               (SELECT count(*) FROM policy WHERE published_at >= :begin AND published_at < :end AND loosens) AS loosened,
                               (SELECT count(*) FROM policy_proposal WHERE state = 'REFUSED' AND decided_at >= :begin AND decided_at < :end)
                               AS refused,
                               (SELECT count(*) FROM operator WHERE created_at < :end AND coalesce(disabled_at >= :end, true)) AS operators""")
                .bind("begin", Times.sql(order.begin()))
                .bind("end", Times.sql(order.end()))
                .map((row, context) -> Part.facts(
                        "organisation",
                        new Facts()
                                .add("revisions", Cell.number(row.getLong("revisions")))
                                .add("loosened", Cell.number(row.getLong("loosened")))
                                .add("refusedProposals", Cell.number(row.getLong("refused")))
                                .add("operators", Cell.number(row.getLong("operators")))))
                .one();
    }
}
