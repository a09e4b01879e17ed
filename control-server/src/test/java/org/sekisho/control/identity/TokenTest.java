package org.sekisho.control.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.Api.Answer;
import org.sekisho.control.testing.ServerUnderTest;

@QuarkusTest
@QuarkusTestResource(ServerUnderTest.class)
class TokenTest {
    private static final String WHO = "/api/v1/session";

    @Inject
    Jdbi jdbi;

    private final Api administrator = Api.administrator();

    @Test
    void noColumnOfTheDatabaseHoldsASecret() {
        TestOperator operator = TestOperator.appoint(administrator, Role.Name.RESPONDER);
        LoopbackClient browser = new LoopbackClient();
        Answer signedIn = browser.signIn(operator.token());
        String cookie = signedIn.header("Set-Cookie").split("[=;]", 3)[1];

        DatabaseSearch search = new DatabaseSearch(jdbi);
        assertThat(search.columnsWith(operator.token())).isEmpty();
        assertThat(search.columnsWith(operator.token().substring(4))).isEmpty();
        assertThat(search.columnsWith(cookie)).isEmpty();
        assertThat(search.columnsWith(signedIn.json().get("csrf").asText())).isEmpty();
        // Negative controls: the search finds texts, and bytes.
        assertThat(search.columnsWith(operator.name())).contains("operator.name", "audit_entry.target");
        assertThat(search.columnsWith(new Secret(operator.token()).hash(TokenStore.TOKEN)))
                .containsExactly("operator_token.hash");
    }

    @Test
    void listsAndRecordsShowNoSecret() {
        TestOperator operator = TestOperator.appoint(administrator, Role.Name.AUDITOR);

        assertThat(text(administrator.get(operator.tokensPath())))
                .contains(operator.tokenId().toString())
                .doesNotContain(operator.token());
        assertThat(text(administrator.get("/api/v1/audit?limit=500")))
                .contains(operator.tokenId().toString())
                .doesNotContain(operator.token());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE operator_token SET expires_at = now() - interval '1 second' WHERE id = ?",
                "UPDATE operator_token SET revoked_at = now() WHERE id = ?",
                "UPDATE operator SET disabled_at = now()"
                        + " WHERE id = (SELECT t.operator FROM operator_token t WHERE t.id = ?)"
            })
    void aTokenEndsWithItsTimeItsRevocationOrItsOperator(String ending) {
        TestOperator operator = TestOperator.appoint(administrator, Role.Name.AUDITOR);
        Api self = administrator.as(operator.token());
        assertThat(self.get(WHO).status()).isEqualTo(200);

        jdbi.useHandle(
                handle -> assertThat(handle.execute(ending, operator.tokenId())).isEqualTo(1));

        Answer refused = self.get(WHO);
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.header("WWW-Authenticate")).startsWith("Bearer");
        assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
        assertThat(text(refused)).doesNotContain(operator.token());
        assertThat(new LoopbackClient().signIn(operator.token()).status()).isEqualTo(401);
    }

    @Test
    void aRevokedTokenIsRefusedAndCannotBeRevokedTwice() {
        TestOperator operator = TestOperator.appoint(administrator, Role.Name.AUDITOR);
        String path = operator.tokensPath() + "/" + operator.tokenId();

        assertThat(administrator.delete(path).status()).isEqualTo(204);
        assertThat(administrator.as(operator.token()).get(WHO).status()).isEqualTo(401);
        assertThat(administrator.delete(path).status()).isEqualTo(404);
        assertThat(administrator
                        .get(operator.tokensPath())
                        .json()
                        .at("/items/0/revoked")
                        .asBoolean())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "administrator, administrator, 201",
        "administrator, responder, 201",
        "administrator, auditor, 201",
        "administrator, approver, 400",
        "approver, approver, 201",
        "approver, administrator, 400",
        "approver, auditor, 400",
        "responder, administrator, 400",
        "responder, responder, 201",
        "responder, auditor, 400",
        "auditor, administrator, 400",
        "auditor, responder, 400",
        "auditor, auditor, 201"
    })
    void aTokenDoesNoMoreThanItsOperatorMay(String operatorRole, String tokenRole, int expected) {
        TestOperator operator = TestOperator.appoint(administrator, operatorRole);

        Answer answer = administrator.post(operator.tokensPath(), Map.of("roles", List.of(Api.role(tokenRole))));

        assertThat(answer.status()).isEqualTo(expected);
        if (expected == 201) {
            JsonNode session = administrator
                    .as(answer.json().get("token").asText())
                    .get(WHO)
                    .json();
            assertThat(session.get("roles")).hasSize(1);
            assertThat(session.at("/roles/0").asText()).isEqualTo(tokenRole);
        }
    }

    static Stream<Object[]> lifetimes() {
        return Stream.of(
                new Object[] {Duration.ofDays(-1), 400},
                new Object[] {Duration.ofSeconds(-1), 400},
                new Object[] {Duration.ofMinutes(1), 201},
                new Object[] {Duration.ofDays(399), 201},
                new Object[] {Duration.ofDays(401), 400},
                new Object[] {Duration.ofDays(365_000), 400});
    }

    @ParameterizedTest
    @MethodSource("lifetimes")
    void expiryLiesAheadButNotFar(Duration lifetime, int expected) {
        TestOperator operator = TestOperator.appoint(administrator, Role.Name.AUDITOR);
        Instant wanted = Instant.ofEpochSecond(Instant.now().plus(lifetime).getEpochSecond());

        Answer answer = administrator.post(operator.tokensPath(), Map.of("expiresAt", wanted.toString()));

        assertThat(answer.status()).isEqualTo(expected);
        if (expected == 201) {
            assertThat(answer.json().get("expiresAt").asText()).isEqualTo(wanted.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"+1000000000-12-31T23:59:59.999999999Z", "-1000000000-01-01T00:00:00Z", "tomorrow"})
    void noExpiryBreaksTheServer(String expiresAt) {
        TestOperator operator = TestOperator.appoint(administrator, Role.Name.AUDITOR);

        assertThat(administrator
                        .post(operator.tokensPath(), Map.of("expiresAt", expiresAt))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void withoutAWishATokenLastsAQuarterWithItsOperatorsRole() {
        TestOperator operator = TestOperator.appoint(administrator, Role.Name.RESPONDER);

        JsonNode issued =
                administrator.post(operator.tokensPath(), new HashMap<>()).json();

        assertThat(issued.at("/roles/0/role").asText()).isEqualTo(Role.Name.RESPONDER);
        assertThat(Instant.parse(issued.get("expiresAt").asText()))
                .isBetween(
                        Instant.now().plus(Duration.ofDays(89)), Instant.now().plus(Duration.ofDays(91)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-", " x", "x ", "\u3000x", "a\u0000b", "a\nb", "a\u202Eb", "a\uE000b"})
    void anOperatorsNameIsLegible(String name) {
        assertThat(administrator
                        .post("/api/v1/operators", Map.of("name", name, "roles", List.of(Api.role(Role.Name.AUDITOR))))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aJapaneseNameIsLegible() {
        String name = "山田　太郎 " + UUID.randomUUID();

        Answer answer = administrator.post(
                "/api/v1/operators", Map.of("name", name, "roles", List.of(Api.role(Role.Name.AUDITOR))));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().get("name").asText()).isEqualTo(name);
    }

    @Test
    void ofManyWhoTakeANameAtOnceOneGetsIt() throws Exception {
        Map<String, Object> wanted =
                Map.of("name", "twin-" + UUID.randomUUID(), "roles", List.of(Api.role(Role.Name.AUDITOR)));
        Callable<Integer> take =
                () -> administrator.post("/api/v1/operators", wanted).status();
        try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
            List<Integer> statuses = pool.invokeAll(Collections.nCopies(8, take)).stream()
                    .map(Future::resultNow)
                    .toList();
            assertThat(statuses).containsOnlyOnce(201).containsOnly(201, 400);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Bearer", "Bearer ", "Bearer x", "bearer sko_x", "Basic eDp5", "Negotiate x", "Bearer \u00e9"
            })
    void otherProofsAreNone(String authorization) {
        Answer answer = new LoopbackClient().get(WHO, "Authorization", authorization);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
    }

    @Test
    void secretsDoNotShowByAccident() {
        Secret secret = Secret.generate("sko");

        assertThat(secret.text()).matches("sko_[A-Za-z0-9_-]{43}");
        assertThat(secret.toString()).doesNotContain(secret.text().substring(4));
        assertThat(secret.hash("one")).isNotEqualTo(secret.hash("other"));
        assertThat(secret.csrf()).doesNotContain(secret.text().substring(4));
    }

    private static String text(Answer answer) {
        return new String(answer.bytes(), StandardCharsets.UTF_8);
    }
}
