package org.sekisho.control.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sekisho.control.identity.Role;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.Publishing;
import org.sekisho.control.testing.ServerUnderTest;
import org.sekisho.control.testing.TestJournal;
import org.sekisho.control.testing.TestTerminal;
import org.sekisho.v1.PolicyAck;
import org.sekisho.v1.PolicyProgress;
import org.sekisho.v1.ServerMessage;
import org.sekisho.v1.ServerMessage.MessageCase;
import org.sekisho.v1.Signed;
import org.sekisho.v1.SignedPayload;
import org.sekisho.v1.TerminalMessage;

/** A revision goes to a pilot group first; what terminals get is what counts. */
@QuarkusTest
@QuarkusTestResource(ServerUnderTest.class)
class StagedRolloutTest {
    private static final String BEFORE = """
            segment: my-number
            name: before
            defaults:
              - channel: media
                verdict: audit
              - channel: clipboard
                verdict: justify
            """;

    private static final String TIGHTER =
            BEFORE.replace("verdict: justify", "verdict: block").replace("before", "tighter");

    private final Api api = Api.administrator();
    /** A division of this test alone. */
    private final String bureau = "試行局" + UUID.randomUUID();

    private long base;

    /** While a pilot runs, nobody else publishes. */
    @AfterEach
    void endPilot() {
        JsonNode newest = api.get("/api/v1/policies/MY_NUMBER/current").json();
        if (newest.at("/stage/state").asText().equals("PILOT")) {
            change(newest.get("revision").asLong(), "ALL");
        }
    }

    @BeforeEach
    void published() {
        base = Publishing.publish(api, BEFORE).get("revision").asLong();
    }

    @Test
    void goesToThePilotGroupThenToAllAndIsCountedByThose() throws Exception {
        TestTerminal inside = TestTerminal.enrolIn(api, bureau + "/税務課");
        TestTerminal listed = TestTerminal.enrolIn(api, "ほか");
        TestTerminal outside = TestTerminal.enrolIn(api, "ほか");
        try (TestTerminal.Stream first = inside.connect(TestJournal.of(inside));
                TestTerminal.Stream second = listed.connect(TestJournal.of(listed));
                TestTerminal.Stream third = outside.connect(TestJournal.of(outside))) {
            for (TestTerminal.Stream stream : List.of(first, second, third)) {
                assertThat(revision(stream.await(MessageCase.POLICY))).isEqualTo(base);
            }
            JsonNode pilot = publishTo(Map.of("units", List.of(bureau), "terminals", List.of(listed.id())));
            long revision = pilot.get("revision").asLong();
            assertThat(pilot.at("/stage/state").asText()).isEqualTo("PILOT");
            Signed received = first.await(MessageCase.POLICY).getPolicy();
            assertThat(revision(received)).isEqualTo(revision);
            assertThat(revision(second.await(MessageCase.POLICY))).isEqualTo(revision);
            enforce(first, received);
            await().untilAsserted(() -> assertThat(api.get("/api/v1/policies/MY_NUMBER/" + revision)
                            .json()
                            .at("/rollout/enforced")
                            .asLong())
                    .isEqualTo(1));
            JsonNode view = api.get("/api/v1/policies/MY_NUMBER/" + revision).json();
            assertThat(view.at("/rollout/intended").asLong()).isEqualTo(2);
            assertThat(hosts(revision)).containsExactlyInAnyOrder(inside.id(), listed.id());
            assertThat(intended(inside)).isEqualTo(revision);
            assertThat(intended(outside)).isEqualTo(base);

            // Whoever comes into the division meanwhile belongs to it; whoever connects elsewhere gets the other.
            TestTerminal late = TestTerminal.enrolIn(api, bureau + "/市民課");
            TestTerminal elsewhere = TestTerminal.enrolIn(api, "ほか");
            try (TestTerminal.Stream fourth = late.connect(TestJournal.of(late));
                    TestTerminal.Stream fifth = elsewhere.connect(TestJournal.of(elsewhere))) {
                assertThat(revision(fourth.await(MessageCase.POLICY))).isEqualTo(revision);
                assertThat(revision(fifth.await(MessageCase.POLICY))).isEqualTo(base);
            }

            Api.Answer beside = api.post("/api/v1/policies", Map.of("yaml", TIGHTER, "reason", "another"));
            assertThat(beside.json().get("code").asText()).isEqualTo("pilot-under-way");
            assertThat(change(revision, "ALL").status()).isEqualTo(200);
            assertThat(revision(third.await(MessageCase.POLICY)))
                    .as("the only policy that it got since the first")
                    .isEqualTo(revision);
            assertThat(intended(outside)).isEqualTo(revision);
            assertThat(change(revision, "STOPPED").json().get("code").asText()).isEqualTo("not-staged");
        }
    }

    @Test
    void aGroupIsAPilotAndWhoComesIntoItWhileConnectedGetsIt() throws Exception {
        TestTerminal inside = TestTerminal.enrolIn(api, "ほか");
        TestTerminal outside = TestTerminal.enrolIn(api, "ほか");
        String group = group(List.of(inside.id()));
        try (TestTerminal.Stream first = inside.connect(TestJournal.of(inside));
                TestTerminal.Stream second = outside.connect(TestJournal.of(outside))) {
            for (TestTerminal.Stream stream : List.of(first, second)) {
                assertThat(revision(stream.await(MessageCase.POLICY))).isEqualTo(base);
            }
            JsonNode pilot = publishTo(Map.of("groups", List.of(group)));
            long revision = pilot.get("revision").asLong();
            assertThat(pilot.at("/stage/pilot/groups/0").asText()).isEqualTo(group);
            assertThat(revision(first.await(MessageCase.POLICY))).isEqualTo(revision);
            assertThat(intended(outside)).as("is in no group").isEqualTo(base);
            assertThat(api.delete("/api/v1/terminal-groups/" + group)
                            .json()
                            .get("code")
                            .asText())
                    .isEqualTo("group-of-a-pilot");
            assertThat(api.put(
                                    "/api/v1/terminal-groups/" + group,
                                    Map.of("name", bureau, "members", List.of(inside.id(), outside.id())))
                            .status())
                    .isEqualTo(200);
            assertThat(revision(second.await(MessageCase.POLICY))).isEqualTo(revision);
            assertThat(change(revision, "ALL").status()).isEqualTo(200);
            assertThat(api.delete("/api/v1/terminal-groups/" + group).status()).isEqualTo(204);
        }
    }

    @Test
    void whoIsMovedIntoAPilotsDivisionWhileConnectedGetsIt() throws Exception {
        TestTerminal moved = TestTerminal.enrolIn(api, "ほか");
        try (TestTerminal.Stream stream = moved.connect(TestJournal.of(moved))) {
            assertThat(revision(stream.await(MessageCase.POLICY))).isEqualTo(base);
            long revision =
                    publishTo(Map.of("units", List.of(bureau))).get("revision").asLong();
            api.post("/api/v1/terminals/move", Map.of("terminals", List.of(moved.id()), "orgUnit", bureau));
            assertThat(revision(stream.await(MessageCase.POLICY))).isEqualTo(revision);
        }
    }

    @Test
    void aGroupThatIsNotThereIsNoPilot() {
        Api.Answer refused = api.post(
                "/api/v1/policies",
                Map.of("yaml", TIGHTER, "reason", "x", "pilot", Map.of("groups", List.of(UUID.randomUUID()))));
        assertThat(refused.json().get("code").asText()).isEqualTo("no-such-group");
    }

    private String group(List<String> members) {
        return api.post("/api/v1/terminal-groups", Map.of("name", bureau, "members", members))
                .json()
                .get("id")
                .asText();
    }

    @Test
    void stoppedItGoesToNobodyElseAndTheWayBackIsANewNumber() throws Exception {
        TestTerminal inside = TestTerminal.enrolIn(api, bureau);
        TestTerminal late = TestTerminal.enrolIn(api, bureau);
        try (TestTerminal.Stream stream = inside.connect(TestJournal.of(inside))) {
            stream.await(MessageCase.POLICY);
            long revision =
                    publishTo(Map.of("units", List.of(bureau))).get("revision").asLong();
            enforce(stream, stream.await(MessageCase.POLICY).getPolicy());
            await().until(() -> runs(inside) == revision);
            assertThat(change(revision, "STOPPED").status()).isEqualTo(200);
            assertThat(intended(inside))
                    .as("terminals never go back by themselves")
                    .isEqualTo(revision);
            assertThat(intended(late)).isEqualTo(base);
            try (TestTerminal.Stream other = late.connect(TestJournal.of(late))) {
                assertThat(revision(other.await(MessageCase.POLICY))).isEqualTo(base);
            }
            Api.Answer back = api.post(
                    "/api/v1/policies/MY_NUMBER/" + base + "/restoration", Map.of("reason", "work stood still"));
            assertThat(back.status())
                    .as("what everybody else runs needs no second person: %s", back.json())
                    .isEqualTo(201);
            assertThat(back.json().get("revision").asLong()).isEqualTo(revision + 1);
            ServerMessage next = stream.await(MessageCase.POLICY);
            assertThat(revision(next)).as("never the lower number").isEqualTo(revision + 1);
            assertThat(payload(next.getPolicy()).getPolicy().getName()).isEqualTo("before");
        }
    }

    @Test
    void aPilotIsEndedByTheWayBackAlone() {
        TestTerminal inside = TestTerminal.enrolIn(api, bureau);
        long revision = publishTo(Map.of("terminals", List.of(inside.id())))
                .get("revision")
                .asLong();
        assertThat(api.post("/api/v1/policies/MY_NUMBER/" + base + "/restoration", Map.of("reason", "no"))
                        .status())
                .isEqualTo(201);
        assertThat(api.get("/api/v1/policies/MY_NUMBER/" + revision)
                        .json()
                        .at("/stage/state")
                        .asText())
                .isEqualTo("STOPPED");
        assertThat(intended(inside)).isEqualTo(revision + 1);
    }

    @Test
    void whatLoosensAgainstWhatTheOthersRunNeedsConsentThoughItTightensThePilots() {
        long revision =
                publishTo(Map.of("units", List.of(bureau))).get("revision").asLong();
        change(revision, "STOPPED");
        String between = BEFORE + """
                rules:
                  - id: to-the-browser
                    channel: clipboard
                    clipboard:
                      destination:
                        paths: ["/usr/bin/firefox"]
                    verdict: allow
                """;
        String tighterThanAll = TIGHTER.replace("tighter", "tighter still");
        assertThat(api.post("/api/v1/policies/diff", Map.of("yaml", between))
                        .json()
                        .get("needsConsent")
                        .asBoolean())
                .isTrue();
        assertThat(api.post("/api/v1/policies/diff", Map.of("yaml", tighterThanAll))
                        .json()
                        .get("needsConsent")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void refusesAPilotOfNobody() {
        for (Object nobody : List.of(Map.of(), Map.of("units", List.of("a//b")), Map.of("units", List.of()))) {
            assertThat(api.post("/api/v1/policies", Map.of("yaml", TIGHTER, "reason", "x", "pilot", nobody))
                            .status())
                    .isEqualTo(400);
        }
        assertThat(api.post("/api/v1/policies/MY_NUMBER/999999/stage", Map.of("state", "ALL", "reason", "x"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aPilotOfAnotherBranchIsSeenAsItsBranchSeesIt() {
        TestTerminal inside = TestTerminal.enrolIn(api, bureau);
        long revision =
                publishTo(Map.of("units", List.of(bureau))).get("revision").asLong();
        Api elsewhere = api.withRoles(Api.role(Role.Name.AUDITOR, "総務部/税務課"));
        assertThat(elsewhere
                        .get("/api/v1/policies/MY_NUMBER/" + revision + "/rollout")
                        .json()
                        .get("items"))
                .isEmpty();
        assertThat(hosts(revision)).containsExactly(inside.id());
    }

    @Test
    void theSignedBytesAreCheckedWithoutThisServer() throws Exception {
        JsonNode document =
                api.get("/api/v1/policies/MY_NUMBER/" + base + "/signed").json();
        byte[] payload = bytes(document.get("payload"));
        Signature verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(KeyFactory.getInstance("Ed25519")
                .generatePublic(
                        new X509EncodedKeySpec(bytes(document.get("keys").get(0)))));
        verifier.update(document.get("prefix").asText().getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        verifier.update(payload);
        assertThat(verifier.verify(bytes(document.get("signature")))).isTrue();
        assertThat(SignedPayload.parseFrom(payload).getRevision()).isEqualTo(base);
        assertThat(Signed.parseFrom(bytes(document.get("signed"))).getPayload().toByteArray())
                .isEqualTo(payload);

        long next = Publishing.publish(api, TIGHTER).get("revision").asLong();
        JsonNode difference = api.get("/api/v1/policies/MY_NUMBER/" + next + "/diff?against=" + base)
                .json();
        assertThat(difference.get("changes"))
                .anySatisfy(
                        change -> assertThat(change.get("direction").asText()).isEqualTo("TIGHTENS"));
        assertThat(difference.get("needsConsent").asBoolean()).isFalse();
        assertThat(api.get("/api/v1/policies/MY_NUMBER/" + next + "/diff?against=999999")
                        .status())
                .isEqualTo(404);
        assertThat(api.get("/api/v1/policies/MY_NUMBER/" + next + "/diff").status())
                .isEqualTo(400);
    }

    private JsonNode publishTo(Map<String, Object> pilot) {
        Api.Answer answer =
                api.post("/api/v1/policies", Map.of("yaml", TIGHTER, "reason", "to begin with", "pilot", pilot));
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(201);
        return answer.json();
    }

    private Api.Answer change(long revision, String state) {
        return api.post(
                "/api/v1/policies/MY_NUMBER/" + revision + "/stage", Map.of("state", state, "reason", "as planned"));
    }

    private List<String> hosts(long revision) {
        return api.get("/api/v1/policies/MY_NUMBER/" + revision + "/rollout")
                .json()
                .get("items")
                .findValuesAsText("terminal");
    }

    private long intended(TestTerminal terminal) {
        return api.get("/api/v1/terminals/" + terminal.id())
                .json()
                .get("intendedRevision")
                .asLong();
    }

    private long runs(TestTerminal terminal) {
        return api.get("/api/v1/terminals/" + terminal.id())
                .json()
                .get("runningRevision")
                .asLong();
    }

    private static void enforce(TestTerminal.Stream stream, Signed signed) throws Exception {
        stream.send(TerminalMessage.newBuilder()
                .setPolicyAck(PolicyAck.newBuilder()
                        .setRevision(revision(signed))
                        .setProgress(PolicyProgress.POLICY_ENFORCED)
                        .setPayloadSha256(ByteString.copyFrom(MessageDigest.getInstance("SHA-256")
                                .digest(signed.getPayload().toByteArray()))))
                .build());
    }

    private static byte[] bytes(JsonNode base64) {
        return Base64.getDecoder().decode(base64.asText());
    }

    private static long revision(ServerMessage message) {
        return revision(message.getPolicy());
    }

    private static long revision(Signed signed) {
        return payload(signed).getRevision();
    }

    private static SignedPayload payload(Signed signed) {
        try {
            return SignedPayload.parseFrom(signed.getPayload());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }
}
