package org.sekisho.control.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.ServerUnderTest;
import org.sekisho.control.testing.TestJournal;
import org.sekisho.control.testing.TestTerminal;
import org.sekisho.v1.ServerMessage;
import org.sekisho.v1.ServerMessage.MessageCase;

/** How a pilot ends: for all, for nobody else, or by the way back. */
@QuarkusTest
@QuarkusTestResource(ServerUnderTest.class)
class PilotEndTest extends StagedRolloutRig {
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
}
