package org.sekisho.control.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.Publishing;
import org.sekisho.control.testing.TestTerminal;
import org.sekisho.v1.PolicyAck;
import org.sekisho.v1.PolicyProgress;
import org.sekisho.v1.ServerMessage;
import org.sekisho.v1.Signed;
import org.sekisho.v1.SignedPayload;
import org.sekisho.v1.TerminalMessage;

/** A policy that all run, and what may go to a pilot group before the rest. */
abstract class StagedRolloutRig {
    static final String BEFORE = """
            segment: my-number
            name: before
            defaults:
              - channel: media
                verdict: audit
              - channel: clipboard
                verdict: justify
            """;

    static final String TIGHTER =
            BEFORE.replace("verdict: justify", "verdict: block").replace("before", "tighter");

    final Api api = Api.administrator();
    /** A division of this test alone. */
    final String bureau = "試行局" + UUID.randomUUID();

    long base;

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

    JsonNode publishTo(Map<String, Object> pilot) {
        Api.Answer answer =
                api.post("/api/v1/policies", Map.of("yaml", TIGHTER, "reason", "to begin with", "pilot", pilot));
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(201);
        return answer.json();
    }

    Api.Answer change(long revision, String state) {
        return api.post(
                "/api/v1/policies/MY_NUMBER/" + revision + "/stage", Map.of("state", state, "reason", "as planned"));
    }

    List<String> hosts(long revision) {
        return api.get("/api/v1/policies/MY_NUMBER/" + revision + "/rollout")
                .json()
                .get("items")
                .findValuesAsText("terminal");
    }

    long intended(TestTerminal terminal) {
        return api.get("/api/v1/terminals/" + terminal.id())
                .json()
                .get("intendedRevision")
                .asLong();
    }

    long runs(TestTerminal terminal) {
        return api.get("/api/v1/terminals/" + terminal.id())
                .json()
                .get("runningRevision")
                .asLong();
    }

    static void enforce(TestTerminal.Stream stream, Signed signed) throws Exception {
        stream.send(TerminalMessage.newBuilder()
                .setPolicyAck(PolicyAck.newBuilder()
                        .setRevision(revision(signed))
                        .setProgress(PolicyProgress.POLICY_ENFORCED)
                        .setPayloadSha256(ByteString.copyFrom(MessageDigest.getInstance("SHA-256")
                                .digest(signed.getPayload().toByteArray()))))
                .build());
    }

    static long revision(ServerMessage message) {
        return revision(message.getPolicy());
    }

    static long revision(Signed signed) {
        return payload(signed).getRevision();
    }

    static SignedPayload payload(Signed signed) {
        try {
            return SignedPayload.parseFrom(signed.getPayload());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }
}
