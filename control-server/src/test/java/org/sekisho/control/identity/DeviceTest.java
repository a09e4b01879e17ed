package org.sekisho.control.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.Api.Answer;
import org.sekisho.control.testing.ServerUnderTest;

/** RFC 8628 from both sides. */
@QuarkusTest
@QuarkusTestResource(ServerUnderTest.class)
class DeviceTest {
    @Inject
    Jdbi jdbi;

    private final Api administrator = Api.administrator();
    private final Browser command = new Browser();
    private Browser person;
    private JsonNode begun;

    @BeforeEach
    void begin() {
        person = Browser.invited(administrator, List.of(Api.role(Role.Name.RESPONDER, "総務部")));
        Answer answer = command.post("/api/v1/device/authorization", Map.of("name", "desk-7"));
        assertThat(answer.status()).isEqualTo(200);
        begun = answer.json();
    }

    @Test
    void theCommandShowsACodeAndAnAddress() {
        assertThat(begun.get("userCode").asText()).matches("[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}");
        assertThat(begun.get("verificationUri").asText()).isEqualTo(Api.setting("sekisho.public-url") + "/device");
        assertThat(begun.get("verificationUriComplete").asText())
                .endsWith("/device?code=" + begun.get("userCode").asText());
        assertThat(begun.get("expiresIn").asInt()).isEqualTo(600);
        assertThat(begun.get("interval").asInt()).isEqualTo(5);
    }

    @Test
    void theConsoleShowsWhoAsks() {
        JsonNode shown = person.get(path()).json();

        assertThat(shown.get("code")).isEqualTo(begun.get("userCode"));
        assertThat(shown.get("client").asText()).isEqualTo("desk-7");
        assertThat(shown.get("address").asText()).isEqualTo(command.address());
        // As people type it.
        String typed = begun.get("userCode")
                .asText()
                .toLowerCase(java.util.Locale.ROOT)
                .replace("-", "");
        assertThat(person.get("/api/v1/device/requests/" + typed).status()).isEqualTo(200);
    }

    @Test
    void onceApprovedTheCommandGetsATokenOfTheApproverOnce() {
        assertThat(code(ask())).isEqualTo("authorization_pending");
        assertThat(person.post(path() + "/approval", Map.of()).status()).isEqualTo(204);
        rest();

        Answer granted = ask();

        assertThat(granted.status()).isEqualTo(200);
        assertThat(granted.json().at("/roles/0/branch").asText()).isEqualTo("総務部");
        assertThat(Instant.parse(granted.json().get("expiresAt").asText()))
                .isBetween(Instant.now().plus(Duration.ofDays(6)), Instant.now().plus(Duration.ofDays(8)));
        String token = granted.json().get("token").asText();
        JsonNode who = administrator.as(token).get("/api/v1/session").json();
        assertThat(who.get("operator"))
                .isEqualTo(person.get("/api/v1/session").json().get("operator"));
        assertThat(code(ask())).isEqualTo("expired_token");
        assertThat(new DatabaseSearch(jdbi).columnsWith(token)).isEmpty();
        assertThat(new DatabaseSearch(jdbi).columnsWith(begun.get("deviceCode").asText()))
                .isEmpty();
        JsonNode own = person.get("/api/v1/account/tokens").json().at("/items/0");
        assertThat(own.get("label").asText()).isEqualTo("desk-7");
        assertThat(person.delete("/api/v1/account/tokens/" + own.get("id").asText())
                        .status())
                .isEqualTo(204);
        assertThat(administrator.as(token).get("/api/v1/session").status()).isEqualTo(401);
        assertThat(auditOf(person.get("/api/v1/session")
                        .json()
                        .at("/operator/name")
                        .asText()))
                .containsSubsequence("device.approve", "device.sign-in", "operator-token.revoke");
    }

    @Test
    void whoAsksTooFastIsToldToSlowDown() {
        assertThat(code(ask())).isEqualTo("authorization_pending");
        assertThat(code(ask())).isEqualTo("slow_down");
        assertThat(jdbi.<Integer, RuntimeException>withHandle(
                        handle -> handle.createQuery("SELECT max(pace) FROM device_request WHERE address = :address")
                                .bind("address", command.address())
                                .mapTo(Integer.class)
                                .one()))
                .isEqualTo(10);
    }

    @Test
    void aDenialAndALapseAreFinal() {
        assertThat(person.post(path() + "/denial", Map.of()).status()).isEqualTo(204);
        assertThat(auditOf(person.get("/api/v1/session")
                        .json()
                        .at("/operator/name")
                        .asText()))
                .endsWith("device.deny");
        assertThat(code(ask())).isEqualTo("access_denied");
        assertThat(code(ask())).isEqualTo("expired_token");

        begin();
        jdbi.useHandle(handle -> handle.execute(
                "UPDATE device_request SET expires_at = now() - interval '1 second'" + " WHERE address = ?",
                command.address()));
        assertThat(person.post(path() + "/approval", Map.of()).status()).isEqualTo(404);
        assertThat(code(ask())).isEqualTo("expired_token");
    }

    @Test
    void theTokenDoesNoMoreThanItsApproverMay() {
        for (Map<String, String> more : List.of(
                Api.role(Role.Name.ADMINISTRATOR),
                Api.role(Role.Name.RESPONDER),
                Api.role(Role.Name.RESPONDER, "福祉部"),
                Api.role(Role.Name.AUDITOR, "総務部"))) {
            assertThat(person.post(path() + "/approval", Map.of("roles", List.of(more)))
                            .status())
                    .isEqualTo(400);
        }
        assertThat(person.post(
                                path() + "/approval",
                                Map.of(
                                        "expiresAt",
                                        Instant.now().plus(Duration.ofDays(91)).toString()))
                        .status())
                .isEqualTo(400);
        Map<String, Object> less = Map.of("roles", List.of(Api.role(Role.Name.RESPONDER, "総務部/税務課")));
        assertThat(person.post(path() + "/approval", less).status()).isEqualTo(204);
        assertThat(ask().json().at("/roles/0/branch").asText()).isEqualTo("総務部/税務課");
    }

    @Test
    void rolesLostBeforeTheTokenIsFetchedAreLost() {
        assertThat(person.post(path() + "/approval", Map.of()).status()).isEqualTo(204);
        String id = person.get("/api/v1/session").json().at("/operator/id").asText();
        administrator.patch("/api/v1/operators/" + id, Map.of("roles", List.of(Api.role(Role.Name.AUDITOR))));

        assertThat(code(ask())).isEqualTo("access_denied");
    }

    @Test
    void guessingAtCodesHoldsTheAccount() {
        for (int i = 0; i < 10; i++) {
            assertThat(person.get("/api/v1/device/requests/BCDFGHJ" + (i % 2 == 0 ? "K" : "L"))
                            .status())
                    .isEqualTo(404);
        }
        assertThat(person.get(path()).status()).isEqualTo(429);
    }

    private List<String> auditOf(String operator) {
        return jdbi.withHandle(
                handle -> handle.createQuery("SELECT action FROM audit_entry WHERE operator = :operator ORDER BY seq")
                        .bind("operator", operator)
                        .mapTo(String.class)
                        .list());
    }

    /** As if the interval had passed. */
    private void rest() {
        jdbi.useHandle(handle -> handle.execute("UPDATE device_request SET asked_at = now() - interval '1 minute'"));
    }

    private Answer ask() {
        return command.post(
                "/api/v1/device/token",
                Map.of("deviceCode", begun.get("deviceCode").asText()));
    }

    private static String code(Answer answer) {
        assertThat(answer.status()).isEqualTo(400);
        return answer.json().get("code").asText();
    }

    private String path() {
        return "/api/v1/device/requests/" + begun.get("userCode").asText();
    }
}
