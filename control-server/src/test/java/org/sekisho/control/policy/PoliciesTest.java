package org.sekisho.control.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.Publishing;
import org.sekisho.control.testing.ServerUnderTest;
import org.sekisho.control.testing.TestJournal;
import org.sekisho.control.testing.TestTerminal;
import org.sekisho.v1.PolicyAck;
import org.sekisho.v1.PolicyProgress;
import org.sekisho.v1.Refusal;
import org.sekisho.v1.ServerMessage.MessageCase;
import org.sekisho.v1.Signed;
import org.sekisho.v1.SignedPayload;
import org.sekisho.v1.TerminalMessage;

@QuarkusTest
@QuarkusTestResource(ServerUnderTest.class)
class PoliciesTest {
    private final Api api = Api.administrator();

    @Test
    void pushesASignedRevisionAndKeepsEachAnswer() throws Exception {
        TestTerminal terminal = TestTerminal.enrol(api, "LGWAN");
        TestTerminal elsewhere = TestTerminal.enrol(api, "INTERNET");
        try (TestTerminal.Stream stream = terminal.connect(TestJournal.of(terminal));
                TestTerminal.Stream other = elsewhere.connect(TestJournal.of(elsewhere))) {
            JsonNode published = publish("LGWAN");
            long revision = published.get("revision").asLong();

            Signed signed = stream.await(message ->
                            message.hasPolicy() && payload(message.getPolicy()).getRevision() == revision)
                    .getPolicy();
            SignedPayload payload = payload(signed);
            assertThat(payload.getTenant()).isEqualTo("sekisho");
            assertThat(payload.getAudience()).isEqualTo("segment:LGWAN");
            assertThat(payload.getPolicy().getRevision()).isEqualTo(revision);
            assertThat(payload.getExpiresAt() - payload.getNotBefore()).isGreaterThan(399L * 86_400);
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(KeyFactory.getInstance("Ed25519")
                    .generatePublic(new X509EncodedKeySpec(
                            terminal.enrolment().getPolicyKeys(0).toByteArray())));
            verifier.update("sekisho/v1/signed\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            verifier.update(signed.getPayload().toByteArray());
            assertThat(verifier.verify(signed.getSignature().toByteArray())).isTrue();

            answer(stream, signed, PolicyProgress.RECEIVED);
            answer(stream, signed, PolicyProgress.POLICY_VERIFIED);
            answer(stream, signed, PolicyProgress.POLICY_ENFORCED);
            await().untilAsserted(() -> {
                JsonNode rollout =
                        api.get("/api/v1/policies/LGWAN/" + revision).json().get("rollout");
                assertThat(rollout.get("enforced").asLong()).isEqualTo(1);
                assertThat(rollout.get("received").asLong()).isZero();
                JsonNode view = api.get("/api/v1/terminals/" + terminal.id()).json();
                assertThat(view.get("progress").asText()).isEqualTo("ENFORCED");
                assertThat(view.get("runningRevision").asLong()).isEqualTo(revision);
                assertThat(view.get("intendedRevision").asLong()).isEqualTo(revision);
            });
            assertThat(other.isOpen()).isTrue();
        }
    }

    @Test
    void givesALateComerTheCurrentOneAndOnlyThat() {
        TestTerminal terminal = TestTerminal.enrol(api, "INTERNET");
        publish("INTERNET");
        long revision = publish("INTERNET").get("revision").asLong();
        try (TestTerminal.Stream stream = terminal.connect(TestJournal.of(terminal))) {
            assertThat(payload(stream.await(MessageCase.POLICY).getPolicy()).getRevision())
                    .isEqualTo(revision);
        }
    }

    @Test
    void makesARefusalAnIncident() throws Exception {
        TestTerminal terminal = TestTerminal.enrol(api, "INTERNET");
        try (TestTerminal.Stream stream = terminal.connect(TestJournal.of(terminal))) {
            long revision = publish("INTERNET").get("revision").asLong();
            Signed signed = stream.await(message ->
                            message.hasPolicy() && payload(message.getPolicy()).getRevision() == revision)
                    .getPolicy();
            stream.send(TerminalMessage.newBuilder()
                    .setPolicyAck(ack(signed, PolicyProgress.POLICY_REFUSED)
                            .setRefusal(Refusal.CHANNEL_FAILED)
                            .setDetail("no display"))
                    .build());
            await().untilAsserted(() -> {
                assertThat(api.get("/api/v1/policies/INTERNET/" + revision)
                                .json()
                                .get("rollout")
                                .get("refused")
                                .asLong())
                        .isEqualTo(1);
                assertThat(api.get("/api/v1/incidents?terminal=" + terminal.id())
                                .json()
                                .get("items")
                                .get(0)
                                .get("kind")
                                .asText())
                        .isEqualTo("POLICY_REFUSED");
            });
            // An answer about other bytes counts for nothing.
            stream.send(TerminalMessage.newBuilder()
                    .setPolicyAck(ack(signed, PolicyProgress.POLICY_ENFORCED)
                            .setPayloadSha256(ByteString.copyFrom(new byte[32])))
                    .build());
            stream.send(TerminalMessage.newBuilder()
                    .setHeartbeat(org.sekisho.v1.Heartbeat.newBuilder().setBacklog(3))
                    .build());
            await().untilAsserted(() -> assertThat(api.get("/api/v1/terminals/" + terminal.id())
                            .json()
                            .get("backlog")
                            .asLong())
                    .isEqualTo(3));
            assertThat(api.get("/api/v1/policies/INTERNET/" + revision)
                            .json()
                            .get("rollout")
                            .get("enforced")
                            .asLong())
                    .isZero();
        }
    }

    @Test
    void refusesADraftWithErrors() {
        Api.Answer answer =
                api.post("/api/v1/policies", Map.of("yaml", "segment: MY_NUMBER\nnonsense: 1\n", "reason", "try"));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        JsonNode finding = answer.json().get("findings").get(0);
        assertThat(finding.get("severity").asText()).isEqualTo("ERROR");
        assertThat(finding.get("line").asInt()).isPositive();
        assertThat(finding.get("message").get("ja").asText()).isNotBlank();

        JsonNode checked = api.post("/api/v1/policies/check", Map.of("yaml", "segment: MY_NUMBER\nnonsense: 1\n"))
                .json();
        assertThat(checked.get("findings").get(0).get("path").asText()).isNotBlank();
        assertThat(api.post("/api/v1/policies/diff", Map.of("yaml", "nonsense: 1\n"))
                        .status())
                .isEqualTo(422);
        assertThat(api.post("/api/v1/policies", Map.of("yaml", "a: 1")).status())
                .isEqualTo(400);
    }

    @Test
    void letsOneOfSeveralAuthorsWin() throws Exception {
        long current = publish("MY_NUMBER").get("revision").asLong();
        List<Integer> answers = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(8)) {
            List<Callable<Integer>> authors = new ArrayList<>();
            for (int author = 0; author < 8; author++) {
                authors.add(() -> api.post(
                                "/api/v1/policies",
                                Map.of("yaml", template("MY_NUMBER"), "reason", "race", "expectedCurrent", current))
                        .status());
            }
            for (Future<Integer> answer : executor.invokeAll(authors)) {
                answers.add(answer.get());
            }
        }
        assertThat(answers).filteredOn(status -> status == 201).hasSize(1);
        assertThat(answers).filteredOn(status -> status == 409).hasSize(7);
        assertThat(api.get("/api/v1/policies/MY_NUMBER/current")
                        .json()
                        .get("revision")
                        .asLong())
                .isEqualTo(current + 1);
    }

    @Test
    void listsAndCompares() {
        publish("MY_NUMBER");
        JsonNode list = api.get("/api/v1/policies?segment=MY_NUMBER").json().get("items");
        assertThat(list.get(0).get("current").asBoolean()).isTrue();
        assertThat(list.get(0).has("yaml")).isFalse();
        assertThat(list.get(0).get("reason").asText()).isEqualTo("because");
        assertThat(api.post("/api/v1/policies/diff", Map.of("yaml", template("MY_NUMBER")))
                        .json()
                        .get("changes"))
                .isEmpty();
        assertThat(api.get("/api/v1/policies/MY_NUMBER/9999").status()).isEqualTo(404);
        assertThat(api.get("/api/v1/policies/NOWHERE/1").status()).isEqualTo(400);
        assertThat(api.get("/api/v1/policies?limit=1").json().get("items")).hasSize(1);
        long revision = list.get(0).get("revision").asLong();
        assertThat(api.get("/api/v1/policies/MY_NUMBER/" + revision + "/rollout")
                        .status())
                .isEqualTo(200);
    }

    private JsonNode publish(String segment) {
        return Publishing.publish(api, template(segment));
    }

    private String template(String segment) {
        for (JsonNode template : api.get("/api/v1/policies/templates").json()) {
            if (template.get("segment").asText().equals(segment)) {
                return template.get("yaml").asText();
            }
        }
        throw new AssertionError("No template for " + segment);
    }

    private static SignedPayload payload(Signed signed) {
        try {
            return SignedPayload.parseFrom(signed.getPayload());
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void answer(TestTerminal.Stream stream, Signed signed, PolicyProgress progress) throws Exception {
        stream.send(
                TerminalMessage.newBuilder().setPolicyAck(ack(signed, progress)).build());
    }

    private static PolicyAck.Builder ack(Signed signed, PolicyProgress progress) throws Exception {
        return PolicyAck.newBuilder()
                .setRevision(payload(signed).getRevision())
                .setProgress(progress)
                .setPayloadSha256(ByteString.copyFrom(MessageDigest.getInstance("SHA-256")
                        .digest(signed.getPayload().toByteArray())));
    }
}
