package org.sekisho.control.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sekisho.control.export.SignedPost;
import org.sekisho.control.testing.ServerUnderTest;
import org.sekisho.control.testing.TestHook;

/** Telling a program, over real HTTPS. */
@QuarkusTest
@QuarkusTestResource(ServerUnderTest.class)
class WebhookNotificationTest extends NotificationRig {
    @Test
    void aWebhookIsToldSignedAndWithoutAnythingPersonal() throws Exception {
        try (TestHook hook = TestHook.start(keys, 503)) {
            JsonNode made = api.post(
                            "/api/v1/notification-subscriptions",
                            wanted(Map.of(
                                    "transport",
                                    "WEBHOOK",
                                    "address",
                                    hook.address(),
                                    "anchor",
                                    anchor(),
                                    "branch",
                                    bureau)))
                    .json();
            String id = made.at("/subscription/id").asText();
            String secret = made.get("secret").asText();
            long incident = incident();

            await().atMost(PATIENCE)
                    .until(() -> subscription(id).get("delivered").asInt() == 1);
            assertThat(hook.taken()).hasSize(1);
            TestHook.Post told = hook.taken().getFirst();
            JsonNode notice = new ObjectMapper().readTree(told.body()).get(0);
            assertThat(notice.get("topic").asText()).isEqualTo("INCIDENT_OPENED");
            assertThat(notice.get("link").asText()).endsWith("/incidents/" + incident);
            assertThat(told.text())
                    .doesNotContain(person)
                    .doesNotContain(terminal.id())
                    .doesNotContain(bureau);

            assertThat(told.isSignedBy(secret)).isTrue();
            // Negative controls: another key, and a body that somebody changed.
            assertThat(told.isSignedBy(SignedPost.newSecret())).isFalse();
            byte[] changed =
                    told.text().replace("INCIDENT_OPENED", "INCIDENT_CLOSED").getBytes(StandardCharsets.UTF_8);
            assertThat(new TestHook.Post(changed, told.signature()).isSignedBy(secret))
                    .isFalse();
        }
    }

    @Test
    void aStrangerIsToldNothing() throws Exception {
        try (TestHook hook = TestHook.start(keys)) {
            String id = subscribe(Map.of("transport", "WEBHOOK", "address", hook.address(), "branch", bureau));
            incident();
            await().atMost(PATIENCE)
                    .until(() -> subscription(id).get("failures").asInt() > 0);
            assertThat(hook.taken()).isEmpty();

            // Negative control: known, the same receiver is told; a change is tried at once.
            assertThat(change(id, Map.of("anchor", anchor())).status()).isEqualTo(200);
            await().atMost(PATIENCE)
                    .until(() -> subscription(id).get("delivered").asInt() == 1);
            assertThat(hook.taken()).hasSize(1);
        }
    }

    @Test
    void aSecretThatCannotBeOpenedKeepsNobodyElseFromHearing() throws Exception {
        String broken =
                subscribe(Map.of("transport", "WEBHOOK", "address", "https://localhost:1/hook", "branch", bureau));
        jdbi.useHandle(handle -> handle.execute(
                "UPDATE notification_subscription SET secret = decode('00', 'hex') WHERE id = ?::uuid", broken));
        try (TestHook hook = TestHook.start(keys)) {
            String whole = subscribe(
                    Map.of("transport", "WEBHOOK", "address", hook.address(), "anchor", anchor(), "branch", bureau));
            incident();

            await().atMost(PATIENCE)
                    .until(() -> subscription(whole).get("delivered").asInt() == 1);
            await().atMost(PATIENCE)
                    .until(() -> subscription(broken).get("failures").asInt() > 0);
            assertThat(subscription(broken).get("delivered").asInt()).isZero();
        }
    }
}
