package org.sekisho.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncidentsTest extends ServerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String INCIDENT = """
            {"id":"i-1","kind":"ATTEMPT","title":{"ja":"個人番号の貼り付けを遮断","en":"Paste of personal numbers blocked"},
             "severity":"HIGH","state":"NEW","terminal":"t-1","host":"税務課-01","user":"yamada","count":2,
             "lastAt":"2026-11-22T11:00:00Z","owner":null,"notes":[{"at":"2026-11-22T11:10:00Z","by":"佐藤","text":"本人に確認"}],
             "version":4,"events":[]}
            """;

    @BeforeEach
    void incident() {
        server.on("GET /incidents/i-1", ok(INCIDENT)).on("PATCH /incidents/i-1", ok(INCIDENT));
    }

    private String sent() {
        return server.asked().getLast().body();
    }

    @Test
    void listFiltersAndSpeaksTheOperatorsLanguage() {
        server.on("GET /incidents?state=IN_PROGRESS&limit=100", ok("{\"items\":[" + INCIDENT + "],\"next\":null}"));

        assertThat(script().japanese()
                        .command("incidents", "list", "--state", "in-progress")
                        .out())
                .contains("個人番号の貼り付けを遮断", "新規", "税務課-01");
    }

    @Test
    void showPrintsNotes() {
        assertThat(script().command("incidents", "show", "i-1").out())
                .contains("Paste of personal numbers blocked", "佐藤: 本人に確認", "No events match.");
    }

    @Test
    void assigningWithoutANameTakesTheOperator() throws Exception {
        server.on("GET /session", ok("{\"operator\":{\"id\":\"o-1\",\"name\":\"佐藤\"},\"roles\":[\"responder\"]}"));

        assertThat(script().command("incidents", "assign", "i-1").exit()).isZero();

        assertThat(JSON.readTree(sent()))
                .isEqualTo(JSON.readTree("{\"owner\":\"佐藤\",\"state\":\"IN_PROGRESS\",\"version\":4}"));
    }

    @Test
    void closingNeedsAFinding() throws Exception {
        assertThat(script().command("incidents", "close", "i-1").exit()).isEqualTo(2);
        assertThat(server.asked()).isEmpty();

        assertThat(script().command("incidents", "close", "i-1", "--finding", "mistake", "--text", "誤操作")
                        .exit())
                .isZero();

        assertThat(JSON.readTree(sent()))
                .isEqualTo(JSON.readTree(
                        "{\"state\":\"CLOSED\",\"finding\":{\"kind\":\"MISTAKE\",\"text\":\"誤操作\"},\"version\":4}"));
    }

    @Test
    void tagsTakeThePlaceOfThoseBefore() throws Exception {
        assertThat(script().command("incidents", "tag", "i-1", "年末", "税務課").exit())
                .isZero();
        assertThat(JSON.readTree(sent())).isEqualTo(JSON.readTree("{\"tags\":[\"年末\",\"税務課\"],\"version\":4}"));

        assertThat(script().command("incidents", "tag", "i-1").exit()).isZero();
        assertThat(JSON.readTree(sent())).isEqualTo(JSON.readTree("{\"tags\":[],\"version\":4}"));
    }

    @Test
    void similarOnesSayWhatTheyShareAndCanBeLinked() {
        server.on(
                        "GET /incidents/i-1/similar",
                        ok("{\"items\":[{\"incident\":" + INCIDENT
                                + ",\"why\":[\"NUMBER\",\"PERSON\"],\"numbers\":2}],\"next\":null}"))
                .on("PUT /incidents/i-1/links/i-2", ok(INCIDENT));

        assertThat(script().japanese().command("incidents", "similar", "i-1").out())
                .contains("番号, 人");
        assertThat(script().command("incidents", "link", "i-1", "i-2").out())
                .contains("Incidents i-1 and i-2 are linked.");
    }

    @Test
    void theDraftOfAReportIsReadOrSaved(@TempDir Path folder) {
        server.on(
                "GET /incidents/i-1/report-drafts/FINAL?language=ja",
                ok("{\"title\":\"確報の案\",\"note\":\"確かめてください\",\"items\":[{\"item\":\"CAUSE\",\"heading\":\"4. 原因\","
                        + "\"text\":\"誤操作\\n【要記入】\"}]}"));
        assertThat(script().japanese()
                        .command("incidents", "report-draft", "i-1", "--stage", "final")
                        .lines())
                .containsExactly("確報の案", "確かめてください", "", "4. 原因", "  誤操作", "  【要記入】");

        server.on("GET /incidents/i-1/report-drafts/PRELIMINARY/download?language=en&format=txt", ok("draft"));
        Path file = folder.resolve("draft.txt");
        assertThat(script().command("incidents", "report-draft", "i-1", "--out", file.toString(), "--format", "txt")
                        .exit())
                .isZero();
        assertThat(file).hasContent("draft");
    }

    @Test
    void aChangeOnAnOldVersionIsRefusedInWords() {
        server.on(
                "PATCH /incidents/i-1",
                StubServer.Answer.problem(409, "{\"status\":409,\"detail\":\"Now at version 5\"}"));

        Run.Result result = script().command("incidents", "note", "i-1", "x");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("somebody changed it meanwhile").contains("Now at version 5");
        assertThat(server.lines()).containsExactly("GET /api/v1/incidents/i-1", "PATCH /api/v1/incidents/i-1");
    }

    @Test
    void theAuditLogIsListed() {
        server.on(
                "GET /audit?limit=2",
                ok(
                        "{\"items\":[{\"seq\":9,\"at\":\"2026-11-22T11:00:00Z\",\"operator\":\"山田\",\"action\":\"PUBLISH\",\"target\":\"MY_NUMBER/7\",\"detail\":{\"reason\":\"年末\"}}],\"next\":null}"));

        assertThat(script().command("audit", "--limit", "2").lines())
                .containsExactly(
                        "NO  TIME                 OPERATOR  ACTION   TARGET       DETAIL",
                        "9   2026-11-22 20:00:00  山田      PUBLISH  MY_NUMBER/7  reason=年末");
    }

    @Test
    void exportsAreListedWithWhatWentWrong() {
        server.on(
                "GET /export-destinations?limit=100",
                ok(
                        "{\"items\":[{\"name\":\"SIEM\",\"transport\":\"SYSLOG\",\"format\":\"CEF\",\"address\":\"log:6514\",\"enabled\":true,\"delivered\":7,\"waiting\":2,\"failures\":3,\"failure\":\"refused\"}],\"next\":null}"));

        assertThat(script().command("exports").lines())
                .containsExactly(
                        "NAME  AS          ADDRESS   STATE    DELIVERED  WAITING  LAST FAILURE",
                        "SIEM  SYSLOG CEF  log:6514  failing  7          2        refused");
    }
}
