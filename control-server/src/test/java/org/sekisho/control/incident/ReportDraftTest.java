package org.sekisho.control.incident;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.sekisho.control.incident.draft.ReportItem;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.Api.Answer;
import org.sekisho.control.testing.ServerUnderTest;
import org.sekisho.control.testing.TestJournal;
import org.sekisho.control.testing.TestTerminal;
import org.sekisho.v1.AttemptEvent;
import org.sekisho.v1.Enforcement;
import org.sekisho.v1.Reason;
import org.sekisho.v1.Severity;
import org.sekisho.v1.Verdict;

/** What the city hands in to the commission, as far as the record knows it. */
@QuarkusTest
@QuarkusTestResource(ServerUnderTest.class)
class ReportDraftTest extends IncidentDeskRig {
    private static final String NUMBER = "1234-5678-9018";

    @Test
    void whatIsKnownStandsThereAndTheRestIsMarked() {
        long id = blocked(terminal, journal, person);
        AttemptEvent unstopped = TestJournal.paste(person, Verdict.BLOCK, Severity.MEDIUM).toBuilder()
                .setEnforcement(Enforcement.NOT_ENFORCED)
                .build();
        assertThat(opened(terminal, journal, unstopped)).isEqualTo(id);
        Api responder = api.withRoles(Api.role("responder", bureau));

        JsonNode draft = responder.get(draft(id, "PRELIMINARY")).json();

        assertThat(draft.get("items"))
                .extracting(item -> item.get("item").asText())
                .containsExactly(java.util.Arrays.stream(ReportItem.values())
                        .map(Enum::name)
                        .toArray(String[]::new));
        assertThat(draft.has("dueAt")).isFalse();
        assertThat(draft.get("missing").asInt()).isEqualTo(9);
        assertThat(text(draft, "OVERVIEW"))
                .contains("知った日時: 【要記入】", "発生した所属: " + bureau, "クリップボード", "記録された操作: 2 回。端末が止めたもの 1 回、止めていないもの 1 回");
        assertThat(text(draft, "INFORMATION")).contains("個人番号: 延べ 4 件を検出", "【要記入】");
        assertThat(text(draft, "PEOPLE")).contains("【要記入】", "延べ 4 件");
        assertThat(text(draft, "PUBLICATION")).contains("【要記入】", "調査中");
        // Neither the person nor the rule leaves the city.
        assertThat(draft.toString()).doesNotContain(person, "no-numbers");
        assertThat(text(responder.get(draft(id, "FINAL") + "?language=en").json(), "PUBLICATION"))
                .contains("[TO BE FILLED IN]")
                .doesNotContain("under investigation");
    }

    @Test
    void whatNeededAReasonCountsAsStoppedUnlessOneWasGiven() {
        long id = opened(terminal, journal, asked(Reason.JUSTIFICATION_REFUSED));
        assertThat(opened(terminal, journal, asked(Reason.JUSTIFICATION_GIVEN))).isEqualTo(id);

        assertThat(text(api.get(draft(id, "PRELIMINARY")).json(), "OVERVIEW"))
                .contains("記録された操作: 2 回。端末が止めたもの 1 回、止めていないもの 1 回");
    }

    private AttemptEvent asked(Reason reason) {
        AttemptEvent.Builder asked = TestJournal.paste(person, Verdict.JUSTIFY, Severity.HIGH).toBuilder();
        asked.getDecisionBuilder().setReason(reason);
        return asked.build();
    }

    @Test
    void whatBecomesKnownMovesIn() {
        long id = blocked(terminal, journal, person);
        Instant known = Instant.now().minus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
        Map<String, Object> clock =
                Map.of("knownAt", known.toString(), "wrongful", true, "people", 120, "version", version(id));
        assertThat(api.put(path(id) + "/report-clock", clock).status()).isEqualTo(200);
        assertThat(api.post(
                                "/api/v1/terminals/" + terminal.id() + "/commands",
                                Map.of("kind", "ISOLATE", "reason", "leak"))
                        .status())
                .isEqualTo(201);
        patch(
                api,
                id,
                Map.of("state", "CLOSED", "finding", Map.of("kind", "LEAK", "text", "番号 " + NUMBER + " を誤送信した")));

        JsonNode draft = api.get(draft(id, "FINAL")).json();

        assertThat(Instant.parse(draft.get("dueAt").asText())).isEqualTo(known.plus(60, ChronoUnit.DAYS));
        assertThat(Instant.parse(
                        api.get(draft(id, "PRELIMINARY")).json().get("dueAt").asText()))
                .isEqualTo(known.plus(5, ChronoUnit.DAYS));
        assertThat(text(draft, "PEOPLE")).isEqualTo("120 人");
        assertThat(text(draft, "CAUSE"))
                .contains("不正の目的", "漏えいした", "番号 [***] を誤送信した")
                .doesNotContain(NUMBER);
        assertThat(text(draft, "PREVENTION")).contains("端末からの持ち出しをすべて遮断（端末に未達）");
        assertThat(draft.get("missing").asInt()).isEqualTo(7);
    }

    @Test
    void whatSomebodyWroteStandsUntilItIsTakenBack() {
        long id = blocked(terminal, journal, person);
        Api responder = api.withRoles(Api.role("responder", bureau));

        JsonNode written = write(responder, id, 0, Map.of("item", "PUBLICATION", "text", " 市のサイトで公表した "))
                .json();
        assertThat(text(written, "PUBLICATION")).isEqualTo("市のサイトで公表した");
        assertThat(item(written, "PUBLICATION").get("written").asBoolean()).isTrue();
        assertThat(item(written, "PUBLICATION").get("complete").asBoolean()).isTrue();
        assertThat(item(written, "PUBLICATION").get("proposed").asText()).contains("【要記入】");
        assertThat(written.get("version").asLong()).isEqualTo(1);
        assertThat(text(api.get(draft(id, "FINAL")).json(), "PUBLICATION")).contains("【要記入】");

        Answer late = write(responder, id, 0, Map.of("item", "PUBLICATION", "text", "x"));
        assertThat(late.status()).isEqualTo(409);
        // What is still marked in the one language is so in the other.
        JsonNode half = write(responder, id, 1, Map.of("item", "CAUSE", "text", "誤操作【要記入】"))
                .json();
        assertThat(item(api.get(draft(id, "PRELIMINARY") + "?language=en").json(), "CAUSE")
                        .get("complete")
                        .asBoolean())
                .isFalse();
        assertThat(item(half, "PUBLICATION").get("written").asBoolean()).isFalse();
        assertThat(audited(id))
                .containsExactly(
                        "{\"items\":\"[PUBLICATION]\",\"stage\":\"PRELIMINARY\"}",
                        "{\"items\":\"[CAUSE]\",\"stage\":\"PRELIMINARY\"}");
    }

    @Test
    void aPersonalNumberIsRefusedAndKeptNowhere() {
        long id = blocked(terminal, journal, person);

        Answer refused = write(api, id, 0, Map.of("item", "OTHER", "text", "番号は " + NUMBER));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().get("code").asText()).isEqualTo("personal-number");
        assertThat(refused.json().toString()).doesNotContain("5678");
        assertThat(api.get(draft(id, "PRELIMINARY")).json().get("version").asLong())
                .isZero();
        // Negative control: what is no personal number is taken.
        assertThat(write(api, id, 0, Map.of("item", "OTHER", "text", "電話 0258-35-1122"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void itIsDownloadedToBePrintedAndPasted() throws IOException {
        long id = blocked(terminal, journal, person);
        assertThat(write(api, id, 0, Map.of("item", "PUBLICATION", "text", "公表しない"))
                        .status())
                .isEqualTo(200);

        Answer plain = api.get(draft(id, "PRELIMINARY") + "/download?format=txt");
        assertThat(plain.header("Content-Disposition")).contains("incident-" + id + "-preliminary-report.txt");
        assertThat(new String(plain.bytes(), StandardCharsets.UTF_8))
                .startsWith("漏えい等報告（速報）の案　インシデント " + id + "\n")
                .contains("7. 公表の実施状況\n公表しない\n");
        byte[] pdf = api.get(draft(id, "PRELIMINARY") + "/download?language=en")
                .response()
                .body();
        try (PDDocument read = Loader.loadPDF(pdf)) {
            assertThat(new PDFTextStripper().getText(read)).contains("7. Publication", "公表しない", "[TO BE FILLED IN]");
        }
        long recorded = jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT count(*) FROM audit_entry WHERE target = :id AND action = 'incident.report-download'")
                .bind("id", String.valueOf(id))
                .mapTo(Long.class)
                .one());
        assertThat(recorded).isEqualTo(2);
    }

    @Test
    void anotherBranchHasNone() {
        TestTerminal outside = TestTerminal.enrol(api);
        long foreign = blocked(outside, TestJournal.of(outside), person);
        Api responder = api.withRoles(Api.role("responder", bureau));

        assertThat(responder.get(draft(foreign, "FINAL")).status()).isEqualTo(404);
        assertThat(responder.get(draft(foreign, "FINAL") + "/download").status())
                .isEqualTo(404);
        assertThat(write(responder, foreign, 0, Map.of("item", "OTHER", "text", "x"))
                        .status())
                .isEqualTo(404);
        // Negative control: whose reach it is within has it.
        assertThat(api.get(draft(foreign, "FINAL")).status()).isEqualTo(200);
    }

    private long version(long id) {
        return incident(api, id).get("version").asLong();
    }

    private static Answer write(Api who, long id, long version, Map<String, String> item) {
        return who.put(draft(id, "PRELIMINARY"), Map.of("items", List.of(item), "version", version));
    }

    private static String draft(long id, String stage) {
        return path(id) + "/report-drafts/" + stage;
    }

    private static JsonNode item(JsonNode draft, String item) {
        return StreamSupport.stream(draft.get("items").spliterator(), false)
                .filter(one -> one.get("item").asText().equals(item))
                .findFirst()
                .orElseThrow();
    }

    private static String text(JsonNode draft, String item) {
        return item(draft, item).get("text").asText();
    }

    private List<String> audited(long id) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT detail FROM audit_entry WHERE target = :id AND action = 'incident.report-draft' ORDER BY seq")
                .bind("id", String.valueOf(id))
                .mapTo(String.class)
                .list());
    }
}
