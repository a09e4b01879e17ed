package org.sekisho.control.report;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sekisho.control.audit.AuditLog;
import org.sekisho.control.audit.AuditVerification;
import org.sekisho.control.report.ReportContent.Cell;
import org.sekisho.control.report.ReportContent.Facts;
import org.sekisho.control.report.ReportContent.Part;
import org.sekisho.control.store.Times;

/** What operators did, and whether the record of it is whole. */
@Singleton
class OperatorAuditReport implements ReportWriter {
    /** More than an auditor reads on paper; the audit log itself has all. */
    private static final int MOST = 5_000;

    private static final String WITHIN = " FROM audit_entry WHERE at >= :begin AND at < :end ";

    private final Jdbi jdbi;
    private final AuditLog audit;

    @Inject
    OperatorAuditReport(Jdbi jdbi, AuditLog audit) {
        this.jdbi = jdbi;
        this.audit = audit;
    }

    @Override
    public ReportKind kind() {
        return ReportKind.OPERATOR_AUDIT;
    }

    @Override
    public ReportContent write(ReportOrder order, Progress progress) {
        progress.step(0, 3);
        AuditVerification chain = audit.verify();
        progress.step(1, 3);
        List<Part> parts = new ArrayList<>();
        parts.add(jdbi.withHandle(handle -> summary(handle, order, chain)));
        parts.add(jdbi.withHandle(handle -> acts(handle, order)));
        progress.step(2, 3);
        parts.add(jdbi.withHandle(handle -> entries(handle, order)));
        progress.step(3, 3);
        return new ReportContent(parts);
    }

    private static Part summary(Handle handle, ReportOrder order, AuditVerification chain) {
        Long broken = chain.firstBroken();
        Facts facts = new Facts()
                .add("chain", Cell.word(broken == null ? "chainWhole" : "chainBroken"))
                .add("proven", Cell.number(chain.proven()));
        if (broken != null) {
            facts.add("brokenAt", Cell.number(broken));
        }
        return handle.createQuery("SELECT count(*) AS entries, count(DISTINCT operator) AS operators,"
                        + " count(*) FILTER (WHERE action LIKE '%refuse%' OR action LIKE '%fail%') AS refused" + WITHIN)
                .bind("begin", Times.sql(order.begin()))
                .bind("end", Times.sql(order.end()))
                .map((row, context) -> Part.facts(
                        "summary",
                        facts.add("entryCount", Cell.number(row.getLong("entries")))
                                .add("operators", Cell.number(row.getLong("operators")))
                                .add("refusals", Cell.number(row.getLong("refused")))))
                .one();
    }

    private static Part acts(Handle handle, ReportOrder order) {
        return Part.of(
                "byOperator",
                List.of("operator", "action", "count", "last"),
                handle.createQuery("SELECT operator, action, count(*) AS acts, max(at) AS last" + WITHIN
                                + "GROUP BY 1, 2 ORDER BY 1, 2")
                        .bind("begin", Times.sql(order.begin()))
                        .bind("end", Times.sql(order.end()))
                        .map((row, context) -> List.of(
                                Cell.text(row.getString("operator")),
                                Cell.text(row.getString("action")),
                                Cell.number(row.getLong("acts")),
                                Cell.time(Times.instant(row, "last"))))
                        .list());
    }

    private static Part entries(Handle handle, ReportOrder order) {
        List<List<Cell>> rows = handle.createQuery(
                        "SELECT seq, at, operator, action, target, detail" + WITHIN + "ORDER BY seq LIMIT :limit")
                .bind("begin", Times.sql(order.begin()))
                .bind("end", Times.sql(order.end()))
                .bind("limit", MOST + 1)
                .map((row, context) -> List.of(
                        Cell.number(row.getLong("seq")),
                        Cell.time(Times.instant(row, "at")),
                        Cell.text(row.getString("operator")),
                        Cell.text(row.getString("action")),
                        Cell.text(row.getString("target")),
                        Cell.text(row.getString("detail"))))
                .list();
        return new Part(
                "entries",
                null,
                List.of("number", "time", "operator", "action", "target", "detail"),
                rows.subList(0, Math.min(MOST, rows.size())),
                rows.size() > MOST);
    }
}
