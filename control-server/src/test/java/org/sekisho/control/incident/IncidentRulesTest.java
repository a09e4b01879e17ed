package org.sekisho.control.incident;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sekisho.control.testing.Api.Answer;
import org.sekisho.control.testing.ServerUnderTest;
import org.sekisho.control.testing.TestJournal;
import org.sekisho.v1.Severity;
import org.sekisho.v1.Verdict;

/** What opens an incident at all. */
@QuarkusTest
@QuarkusTestResource(ServerUnderTest.class)
class IncidentRulesTest extends IncidentDeskRig {
    @Inject
    IncidentTally tally;

    @Test
    void rulesDecideWhatOpensAndFromHowMany() {
        JsonNode before = api.get("/api/v1/incident-rules").json();
        String unit = terminal.id();
        try {
            ArrayNode rules = thresholdOf(3, before);
            assertThat(setRules(rules).status()).isEqualTo(200);
            block(2);
            assertThat(listed(api, "terminal=" + unit)).isEmpty();
            block(1);
            assertThat(listed(api, "terminal=" + unit)).hasSize(1);
            assertThat(api.get("/api/v1/incidents?terminal=" + unit)
                            .json()
                            .at("/items/0/count")
                            .asLong())
                    .isEqualTo(3);
            // Once open, the next one joins.
            block(1);
            assertThat(api.get("/api/v1/incidents?terminal=" + unit)
                            .json()
                            .at("/items/0/count")
                            .asLong())
                    .isEqualTo(4);

            ArrayNode blind = rules.deepCopy();
            blind.forEach(rule ->
                    ((ObjectNode) rule).put("enabled", rule.get("id").asText().equals("severe")));
            assertThat(setRules(blind).status()).isEqualTo(422);
            assertThat(api.put(
                                    "/api/v1/incident-rules",
                                    Map.of("rules", rules, "version", before.get("version"), "reason", "late"))
                            .status())
                    .isEqualTo(409);
        } finally {
            assertThat(setRules(before.get("rules")).status()).isEqualTo(200);
        }
    }

    @Test
    void theTallyHasOneRowAMinuteAndIsForgotten() {
        JsonNode before = api.get("/api/v1/incident-rules").json();
        try {
            assertThat(setRules(thresholdOf(3, before)).status()).isEqualTo(200);
            jdbi.useHandle(handle -> handle.execute("DELETE FROM incident_tally"));
            block(2);
            assertThat(tallied()).isBetween(1L, 2L);
            assertThat(tally.forgetOld()).isZero();

            jdbi.useHandle(
                    handle -> handle.execute(
                            "UPDATE incident_tally SET counted_at = counted_at - interval '8 days', at = at + interval '1 year'"));
            assertThat(tally.forgetOld()).isPositive();
            assertThat(tallied()).isZero();
        } finally {
            assertThat(setRules(before.get("rules")).status()).isEqualTo(200);
        }
    }

    private long tallied() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT count(*) FROM incident_tally")
                .mapTo(Long.class)
                .one());
    }

    @Test
    void rulesAreTriedOnWhatHappened() {
        JsonNode before = api.get("/api/v1/incident-rules").json();
        block(4);

        JsonNode preview = preview(before.get("rules")).json();
        JsonNode stricter = preview(thresholdOf(100_000, before)).json();

        assertThat(preview.get("attempts").asLong()).isGreaterThanOrEqualTo(4);
        assertThat(preview.get("complete").asBoolean()).isTrue();
        assertThat(preview.get("now")).isEqualTo(preview.get("then"));
        assertThat(preview.get("then").asLong()).isPositive();
        assertThat(preview.get("rules"))
                .extracting(line -> line.get("rule").asText())
                .containsExactly("severe", "blocked", "record", "terminals");
        assertThat(stricter.get("now")).isEqualTo(preview.get("now"));
        assertThat(stricter.get("then").asLong()).isZero();
        // Nothing has changed by trying.
        assertThat(api.get("/api/v1/incident-rules").json().get("version")).isEqualTo(before.get("version"));
        ArrayNode twice = ((ArrayNode) before.get("rules")).deepCopy().add(before.at("/rules/0"));
        assertThat(preview(twice).status()).isEqualTo(422);
    }

    private Answer preview(JsonNode rules) {
        return api.post("/api/v1/incident-rules/preview", Map.of("rules", rules, "days", 1));
    }

    private static ArrayNode thresholdOf(int threshold, JsonNode before) {
        ArrayNode rules = before.get("rules").deepCopy();
        rules.forEach(rule -> {
            if (List.of("blocked", "severe").contains(rule.get("id").asText())) {
                ((ObjectNode) rule).put("threshold", threshold);
            }
        });
        return rules;
    }

    private void block(int times) {
        for (int attempt = 0; attempt < times; attempt++) {
            send(terminal, journal, event -> event.setAttempt(TestJournal.paste(person, Verdict.BLOCK, Severity.LOW)));
        }
    }

    private Answer setRules(JsonNode rules) {
        return api.put(
                "/api/v1/incident-rules",
                Map.of(
                        "rules",
                        rules,
                        "version",
                        api.get("/api/v1/incident-rules").json().get("version"),
                        "reason",
                        "test"));
    }
}
