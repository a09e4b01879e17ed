package org.sekisho.control.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.Api.Answer;
import org.sekisho.control.testing.ServerUnderTest;

/** What whoever asks gets: the description only as an operator, nothing where there is nothing, and the same headers. */
@QuarkusTest
@QuarkusTestResource(ServerUnderTest.class)
class AnswersToAnybodyTest {
    private final Api administrator = Api.administrator();
    private final LoopbackClient client = new LoopbackClient();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/openapi",
                "/api/v1/openapi/",
                "/api/v1/openapi?format=json",
                "/api/v1/openapi.json",
                "/api/v1/openapi.yaml",
                "/api/v1/openapi.yml",
                "/api/v1//openapi.json",
                "/api/v1/./openapi.json",
                "/api/v1/openapi.json;x=y",
                "/api/v1/%6fpenapi.json"
            })
    void theDescriptionItselfIsForOperators(String path) {
        assertThat(client.get(path).status()).isIn(401, 404);
        assertThat(client.get(path, "Accept", "application/json").status()).isIn(401, 404);
    }

    @Test
    void everyOperatorGetsTheDescription() {
        Answer answer = administrator.withRole(Role.Name.RESPONDER).get("/api/v1/openapi.json");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().has("paths")).isTrue();
        assertThat(client.get("/api/v1/openapi.json").status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/nothing",
                "/api/v1/operators/nothing/nothing/nothing",
                "/api/v2/terminals",
                "/api/v1",
                "/api",
                "/q/nothing",
                "/q/openapi",
                "/q/dev-ui",
                "/gone.js"
            })
    void whatIsNotThereIsNotThereForAnybody(String path) {
        assertThat(client.get(path).status()).isEqualTo(404);
        assertThat(administrator.get(path).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/terminals", "/setup?token=none", "/gone.js", "/q/health/live", "/api/v1/session"})
    void everyAnswerCarriesTheSecurityHeaders(String path) {
        Answer answer = client.get(path);

        assertThat(answer.header("Content-Security-Policy"))
                .contains("default-src 'self'", "frame-ancestors 'none'", "object-src 'none'")
                .doesNotContain("unsafe");
        assertThat(answer.header("Strict-Transport-Security")).startsWith("max-age=");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(answer.header("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
        assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void answersOfTheInterfaceAreNeverKept() {
        assertThat(administrator.get("/api/v1/server").header("Cache-Control")).isEqualTo("no-store");
        assertThat(client.get("/api/v1/server").header("Cache-Control")).isEqualTo("no-store");
    }
}
