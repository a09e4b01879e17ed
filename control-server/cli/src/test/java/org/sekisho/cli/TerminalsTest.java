package org.sekisho.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class TerminalsTest extends ServerTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void columnsLineUpInAnyScriptAndNothingSteersTheScreen() {
        server.on("GET /terminals?limit=100", ok(fixture("terminals.json")));

        Run.Result result = script().japanese().command("terminals");

        assertThat(result.exit()).isZero();
        assertThat(result.out()).isEqualTo(fixture("terminals.ja.txt"));
        assertThat(result.out()).doesNotContain("\u001b", "\u202e");
    }

    @Test
    void englishTable() {
        server.on("GET /terminals?limit=100", ok(fixture("terminals.json")));

        assertThat(script().command("terminals", "list").out()).isEqualTo(fixture("terminals.en.txt"));
    }

    @Test
    void filtersGoToTheServer() {
        server.on("GET /terminals?state=REVOKED&q=%E7%A8%8E%E5%8B%99+%26&limit=5", ok("{\"items\":[],\"next\":null}"));

        Run.Result result =
                script().command("terminals", "list", "--state", "revoked", "--query", "税務 &", "--limit", "5");

        assertThat(result.out().strip()).isEqualTo("There are no terminals.");
    }

    @Test
    void aLongListIsReadPageByPage() throws Exception {
        server.on("GET /terminals?limit=3", ok("{\"items\":[{\"id\":\"a\"},{\"id\":\"b\"}],\"next\":\"c 1\"}"));
        server.on("GET /terminals?limit=1&after=c+1", ok("{\"items\":[{\"id\":\"c\"}],\"next\":\"c2\"}"));

        Run.Result result = script().command("terminals", "list", "--limit", "3", "-o", "json");

        JsonNode document = JSON.readTree(result.out());
        assertThat(document.path("items").findValuesAsText("id")).containsExactly("a", "b", "c");
        assertThat(document.path("next").asText()).isEqualTo("c2");
    }

    @Test
    void revokingSaysWhy() throws Exception {
        server.on(
                "POST /terminals/t%2F1/revoke", StubServer.Answer.json(200, "{\"id\":\"t/1\",\"state\":\"REVOKED\"}"));

        Run.Result result = script().command("terminals", "revoke", "t/1", "--reason", "紛失");

        assertThat(result.exit()).isZero();
        assertThat(JSON.readTree(server.asked().getFirst().body())
                        .path("reason")
                        .asText())
                .isEqualTo("紛失");
    }

    @Test
    void aRefusalIsOneJsonDocumentAndExitsWithOne() throws Exception {
        server.on(
                "GET /terminals/nobody",
                StubServer.Answer.problem(
                        404, "{\"status\":404,\"code\":\"NOT_FOUND\",\"detail\":\"No such terminal\"}"));

        Run.Result result = script().command("terminals", "show", "nobody", "-o", "json");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(JSON.readTree(result.out()).path("code").asText()).isEqualTo("NOT_FOUND");
        assertThat(result.err()).contains("GET /api/v1/terminals/nobody").contains("No such terminal");
    }

    @Test
    void aNewTokenIsPrintedAloneSoThatAScriptCanTakeIt() throws Exception {
        server.on(
                "POST /enrolment-tokens",
                StubServer.Answer.json(
                        201,
                        "{\"id\":\"e-1\",\"token\":\"one-time\",\"usesLeft\":3,\"expiresAt\":\"2026-11-22T20:00:00Z\"}"));

        Run.Result result = script().command(
                        "enrolment-token",
                        "create",
                        "--segment",
                        "my-number",
                        "--uses",
                        "3",
                        "--expires",
                        "8h",
                        "--org-unit",
                        "市長部局/税務課");

        assertThat(result.lines()).containsExactly("one-time");
        JsonNode sent = JSON.readTree(server.asked().getFirst().body());
        assertThat(sent)
                .isEqualTo(
                        JSON.readTree(
                                "{\"segment\":\"MY_NUMBER\",\"uses\":3,\"orgUnit\":\"市長部局/税務課\",\"expiresAt\":\"2026-11-22T20:00:00Z\"}"));
    }
}
