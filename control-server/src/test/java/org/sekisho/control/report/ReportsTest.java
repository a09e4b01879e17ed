package org.sekisho.control.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.ServerUnderTest;
import org.sekisho.control.testing.TestTerminal;

@QuarkusTest
@QuarkusTestResource(ServerUnderTest.class)
class ReportsTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final Api administrator = Api.administrator();
    private final LocalDate today = LocalDate.now(ReportOrder.JAPAN);

    @Inject
    Jdbi jdbi;

    @Inject
    ReportStore store;

    private Api.Answer order(Api by, ReportKind kind, @Nullable String unit) {
        Map<String, Object> wanted = new TreeMap<>(
                Map.of("kind", kind.name(), "from", today.minusDays(6).toString(), "until", today.toString()));
        if (unit != null) {
            wanted.put("orgUnit", unit);
        }
        return by.post("/api/v1/reports", wanted);
    }

    private JsonNode made(Api by, ReportKind kind, @Nullable String unit) {
        Api.Answer ordered = order(by, kind, unit);
        assertThat(ordered.status()).as(ordered.json().toString()).isEqualTo(201);
        String path = "/api/v1/reports/" + ordered.json().get("id");
        await().atMost(SOON)
                .until(() -> by.get(path).json().get("state").asText().equals("DONE"));
        return by.get(path).json();
    }

    private static List<String> rows(JsonNode report, String heading) {
        return StreamSupport.stream(report.get("parts").spliterator(), false)
                .filter(part -> part.get("heading").asText().equals(heading))
                .flatMap(part -> StreamSupport.stream(part.get("rows").spliterator(), false))
                .map(row -> StreamSupport.stream(row.spliterator(), false)
                        .map(JsonNode::asText)
                        .collect(Collectors.joining("|")))
                .toList();
    }

    private static String newUnit() {
        return "部" + UUID.randomUUID();
    }

    /** A terminal that runs what it should, with a channel in this mode for the last 50 minutes. */
    private TestTerminal enforcing(String unit, int mode) {
        TestTerminal terminal = TestTerminal.enrolIn(administrator, unit);
        jdbi.useHandle(handle -> handle.execute(
                "INSERT INTO channel_state (terminal, channel, mode, from_at) VALUES (?, 2, ?, now() - interval '50 minutes')",
                terminal.id(),
                mode));
        return terminal;
    }

    @Test
    void enforcementIsWhatTerminalsToldByThen() {
        String unit = newUnit();
        TestTerminal terminal = enforcing(unit, 4);

        JsonNode report = made(administrator, ReportKind.ENFORCEMENT, unit);

        assertThat(report.get("title").asText()).isEqualTo("適用状況報告書");
        assertThat(rows(report, "部署別")).containsExactly(unit + "|1|0|1");
        assertThat(rows(report, "端末別")).singleElement().asString().contains("未適用", "失敗");

        jdbi.useHandle(handle -> handle.execute(
                "UPDATE terminal SET enrolled_at = now() + interval '1 day' WHERE id = ?", terminal.id()));
        assertThat(rows(made(administrator, ReportKind.ENFORCEMENT, unit), "端末別"))
                .as("was not there yet")
                .isEmpty();
    }

    @Test
    void selfInspectionIsMeasured() {
        String unit = newUnit();
        TestTerminal terminal = enforcing(unit, 4);
        // That the channel has failed is an alarm too, whether or not the server has seen it by then.
        jdbi.useHandle(handle ->
                handle.createUpdate("""
                        INSERT INTO alarm (terminal, kind, channel, amount, since, raised_at)
                        VALUES (:terminal, 'RECORD_LOST', 0, 7, now(), now()), (:terminal, 'CHANNEL', 2, 0, now(), now())
                        ON CONFLICT DO NOTHING""").bind("terminal", terminal.id()).execute());

        JsonNode report = made(administrator, ReportKind.SELF_INSPECTION, unit);

        assertThat(rows(report, "点検結果: " + unit))
                .contains(
                        "使用中の端末|1|参考",
                        "ポリシーを適用していない端末|1|要確認",
                        "経路を守れなかった延べ時間|1|要確認",
                        "失われた記録|7|要確認",
                        "だれも確認していない警報|2|要確認",
                        "記録の連鎖の切れ目|0|適合");
        assertThat(rows(report, "部署別")).singleElement().asString().endsWith("|4");
    }

    @Test
    void exfiltrationCountsWhatWasStopped() {
        String unit = newUnit();
        jdbi.useHandle(handle -> handle.execute(
                "INSERT INTO attempt_count VALUES (date_trunc('hour', now()), ?, 2, 1, 30), (date_trunc('hour', now()), ?, 2, 5, 12)",
                unit,
                unit));

        JsonNode report = made(administrator, ReportKind.EXFILTRATION, unit);

        assertThat(rows(report, "経路別")).containsExactly("クリップボード|42|12|0|0|0");
        assertThat(rows(report, "部署別")).containsExactly(unit + "|42|12|0|0|0");
        assertThat(rows(report, "概要")).contains("操作|42", "遮断|12");
        assertThat(report.get("done")).isEqualTo(report.get("total"));
    }

    @Test
    void operatorAuditSaysWhetherItsRecordIsWhole() {
        JsonNode report = made(administrator, ReportKind.OPERATOR_AUDIT, null);
        assertThat(rows(report, "概要")).contains("監査ログの連鎖|欠落・改変なし");
        assertThat(rows(report, "運用者別の操作")).anyMatch(row -> row.startsWith("installation|report.order|"));
        assertThat(order(administrator, ReportKind.OPERATOR_AUDIT, "水道局").status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @EnumSource(ReportKind.class)
    void eachIsAPageAPdfAndCsvInBothLanguages(ReportKind kind) throws IOException {
        String unit = kind == ReportKind.OPERATOR_AUDIT ? null : newUnit();
        if (unit != null) {
            enforcing(unit, 1);
        }
        String path = "/api/v1/reports/" + made(administrator, kind, unit).get("id");
        for (String language : List.of("ja", "en")) {
            String title = administrator
                    .get(path + "?language=" + language)
                    .json()
                    .get("title")
                    .asText();
            byte[] pdf = administrator
                    .get(path + "/download?format=pdf&language=" + language)
                    .bytes();
            Files.write(Path.of("target", "report-" + kind + "-" + language + ".pdf"), pdf);
            try (PDDocument read = Loader.loadPDF(pdf)) {
                assertThat(new PDFTextStripper().getText(read).replaceAll("\\s", ""))
                        .contains(title.replaceAll("\\s", ""), "installation");
            }
            String csv = new String(
                    administrator
                            .get(path + "/download?format=csv&language=" + language)
                            .bytes(),
                    StandardCharsets.UTF_8);
            assertThat(csv).startsWith("\uFEFF\"" + title + "\"").contains("\r\n");
            assertThat(csv.lines().toList()).hasSizeGreaterThan(5);
        }
    }

    @Test
    void anotherBranchsReportsDoNotExist() {
        String unit = newUnit();
        Api own = administrator.withRoles(Api.role("auditor", unit));
        Api other = administrator.withRoles(Api.role("auditor", newUnit()));
        String path =
                "/api/v1/reports/" + made(own, ReportKind.ENFORCEMENT, unit).get("id");

        assertThat(own.get(path + "/download").status()).isEqualTo(200);
        for (String foreign : List.of(path, path + "/download")) {
            assertThat(other.get(foreign).status()).isEqualTo(404);
        }
        assertThat(other.post(path + "/cancellation", Map.of()).status()).isEqualTo(404);
        assertThat(other.get("/api/v1/reports").json().get("items")).isEmpty();
        assertThat(order(other, ReportKind.ENFORCEMENT, unit).status()).isEqualTo(403);
        assertThat(order(other, ReportKind.ENFORCEMENT, null).status()).isEqualTo(403);
    }

    @Test
    void isCancelledWhileItIsMade() {
        long id = jdbi.withHandle(handle -> handle.createQuery(
                        "INSERT INTO report (kind, from_day, until_day, made_by, made_at, state, progress_at)"
                                + " VALUES ('ENFORCEMENT', '2026-01-01', '2026-01-01', 'x', now(), 'RUNNING', now()) RETURNING id")
                .mapTo(Long.class)
                .one());
        assertThat(store.progress(id, 1, 2)).isTrue();

        assertThat(administrator
                        .post("/api/v1/reports/" + id + "/cancellation", Map.of())
                        .json()
                        .get("state")
                        .asText())
                .isEqualTo("CANCELLED");

        assertThat(store.progress(id, 2, 2)).as("whoever makes it learns of it").isFalse();
        assertThat(administrator
                        .post("/api/v1/reports/" + id + "/cancellation", Map.of())
                        .status())
                .isEqualTo(409);
        assertThat(administrator.get("/api/v1/reports/" + id + "/download").status())
                .isEqualTo(409);
    }

    @Test
    void oneThatAReplicaDiedOverIsMadeByAnother() {
        long id = jdbi.withHandle(handle -> handle.createQuery(
                        "INSERT INTO report (kind, from_day, until_day, made_by, made_at, state, progress_at)"
                                + " VALUES ('ENFORCEMENT', '2026-01-01', '2026-01-01', 'x', now(), 'RUNNING',"
                                + " now() - interval '1 hour') RETURNING id")
                .mapTo(Long.class)
                .one());
        await().atMost(SOON)
                .until(() -> administrator
                        .get("/api/v1/reports/" + id)
                        .json()
                        .get("state")
                        .asText()
                        .equals("DONE"));
    }

    @Test
    void refusesWhatItCantMake() {
        List<Integer> statuses = new ArrayList<>();
        for (Map<String, String> days : List.of(
                Map.of("from", "2026-02-02", "until", "2026-02-01"),
                Map.of("from", "2024-01-01", "until", "2026-02-01"),
                Map.of("from", "yesterday", "until", "2026-02-01"))) {
            Map<String, String> wanted = new TreeMap<>(days);
            wanted.put("kind", "EXFILTRATION");
            statuses.add(administrator.post("/api/v1/reports", wanted).status());
        }
        assertThat(statuses).containsOnly(400);
    }
}
