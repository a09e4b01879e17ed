package org.sekisho.control.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.sekisho.control.testing.Api.Answer;
import org.sekisho.control.testing.ServerUnderTest;

/** Whom to tell, by what, and that secrets stay secret. */
@QuarkusTest
@QuarkusTestResource(ServerUnderTest.class)
class NotificationSettingsTest extends NotificationRig {
    @Test
    void aSubscriptionIsChangedAsItWasSeen() {
        String id = subscribe(Map.of("branch", bureau));
        String other = subscribe(Map.of());
        String taken = subscription(other).get("name").asText();

        Answer changed = change(
                id,
                Map.of(
                        "name", "夜間の当番 " + bureau,
                        "address", "night@city.example",
                        "topics", List.of("ALARM"),
                        "leastSeverity", "CRITICAL",
                        "branch", "",
                        "language", "en"));
        assertThat(changed.status()).as("%s", changed.json()).isEqualTo(200);
        JsonNode after = subscription(id);
        assertThat(after.get("name").asText()).isEqualTo("夜間の当番 " + bureau);
        assertThat(after.get("address").asText()).isEqualTo("night@city.example");
        assertThat(after.get("topics").toString()).isEqualTo("[\"ALARM\"]");
        assertThat(after.get("leastSeverity").asText()).isEqualTo("CRITICAL");
        assertThat(after.path("branch").isTextual()).isFalse();
        assertThat(after.get("language").asText()).isEqualTo("en");
        assertThat(after.get("enabled").asBoolean()).isTrue();

        // Whoever was slower changes nothing, and one name is one subscription.
        assertThat(change(id, Map.of("language", "ja", "version", 1)).status()).isEqualTo(409);
        assertThat(change(id, Map.of("name", taken)).json().get("code").asText())
                .isEqualTo("name-taken");
        assertThat(change(id, Map.of("address", "no address")).status()).isEqualTo(400);
        assertThat(subscription(id).get("version")).isEqualTo(after.get("version"));
        assertThat(change(id, Map.of("enabled", false)).json().get("enabled").asBoolean())
                .isFalse();
        assertThat(subscription(id).get("name").asText()).isEqualTo("夜間の当番 " + bureau);
    }

    @Test
    void ofTwoWhoTakeOneNameAtTheSameTimeTheSlowerIsTold() {
        String id = subscribe(Map.of());
        String other = subscribe(Map.of());
        String name = "同時 " + bureau;

        CompletableFuture<Answer> slower = jdbi.inTransaction(handle -> {
            handle.execute("UPDATE notification_subscription SET name = ? WHERE id = ?", name, UUID.fromString(other));
            CompletableFuture<Answer> asked = CompletableFuture.supplyAsync(() -> change(id, Map.of("name", name)));
            await().atMost(PATIENCE)
                    .until(() -> handle.createQuery("""
                            SELECT EXISTS (SELECT 1 FROM pg_stat_activity
                                           WHERE wait_event_type = 'Lock' AND query LIKE 'UPDATE notification_subscription%')""").mapTo(Boolean.class).one());
            return asked;
        });

        assertThat(slower.join().status()).isEqualTo(409);
        assertThat(slower.join().json().get("code").asText()).isEqualTo("overtaken");
        assertThat(subscription(other).get("name").asText()).isEqualTo(name);
        assertThat(subscription(id).get("name").asText()).isNotEqualTo(name);
    }

    @Test
    void aWebhooksKeyStaysWithItsAddress() {
        String id = subscribe(Map.of("transport", "WEBHOOK", "address", "https://localhost:1/hook"));

        assertThat(change(id, Map.of("address", "https://elsewhere:1/hook")).status())
                .isEqualTo(422);
        assertThat(change(id, Map.of("anchor", "no PEM")).status()).isEqualTo(400);
        assertThat(change(id, Map.of("address", "https://localhost:1/hook", "leastSeverity", "LOW"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aKeptPasswordGoesToNoOtherServer() throws Exception {
        JsonNode server = setServer("TLS", 465, anchor());
        Map<String, Object> elsewhere = new HashMap<>(server("TLS", 1, anchor()));
        elsewhere.put("version", server.get("version"));
        elsewhere.remove("password");
        assertThat(api.put("/api/v1/mail-server", elsewhere).status()).isEqualTo(400);
        assertThat(api.get("/api/v1/mail-server").json().get("port").asInt()).isEqualTo(465);

        elsewhere.put("password", "another");
        assertThat(api.put("/api/v1/mail-server", elsewhere).status()).isEqualTo(200);
    }

    @Test
    void secretsAreNeitherGivenOutNorKeptInClear() throws Exception {
        try (TestMailServer mail = TestMailServer.tls(keys, 0)) {
            JsonNode server = setServer("TLS", mail.port(), anchor());
            assertThat(server.get("hasPassword").asBoolean()).isTrue();
            JsonNode hook = api.post(
                            "/api/v1/notification-subscriptions",
                            wanted(Map.of("transport", "WEBHOOK", "address", "https://localhost:1/hook")))
                    .json();
            String secret = hook.get("secret").asText();
            assertThat(secret).isNotEmpty();

            assertThat(api.get("/api/v1/mail-server").json().toString()).doesNotContain(TestMailServer.PASSWORD);
            assertThat(api.get("/api/v1/notification-subscriptions").json().toString())
                    .doesNotContain(secret);
            for (String stored : List.of(
                    "SELECT string_agg(m::text, ' ') FROM mail_server m",
                    "SELECT string_agg(s::text, ' ') FROM notification_subscription s",
                    "SELECT string_agg(a::text, ' ') FROM audit_entry a")) {
                String all = jdbi.withHandle(
                        handle -> handle.createQuery(stored).mapTo(String.class).one());
                assertThat(all)
                        .doesNotContain(TestMailServer.PASSWORD)
                        .doesNotContain(hex(TestMailServer.PASSWORD))
                        .doesNotContain(secret)
                        .doesNotContain(hex(secret));
            }
            // Left out, the password stays; whoever was slower changes nothing.
            Map<String, Object> change = new HashMap<>(server("TLS", mail.port(), anchor()));
            change.remove("password");
            change.put("version", server.get("version"));
            assertThat(api.put("/api/v1/mail-server", change)
                            .json()
                            .get("hasPassword")
                            .asBoolean())
                    .isTrue();
            assertThat(api.put("/api/v1/mail-server", change).status()).isEqualTo(409);
            assertThat(test().get("taken").asBoolean()).isTrue();
        }
    }

    @Test
    void whatCannotWorkIsRefused() {
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                Map.of("address", "no address"),
                Map.of("address", "nobody"),
                Map.of("transport", "WEBHOOK", "address", "http://host/"),
                Map.of("transport", "WEBHOOK", "address", "https://me:secret@host/"),
                Map.of("topics", List.of()),
                Map.of("leastSeverity", "WORST"))) {
            assertThat(api.post("/api/v1/notification-subscriptions", wanted(wrong))
                            .status())
                    .as("%s", wrong)
                    .isEqualTo(400);
        }
        assertThat(api.get("/api/v1/mail-server").status()).isEqualTo(404);
        assertThat(api.post("/api/v1/mail-server/test", Map.of("address", "a@city.example"))
                        .status())
                .isEqualTo(422);
    }

    private static String hex(String text) {
        return java.util.HexFormat.of().formatHex(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
