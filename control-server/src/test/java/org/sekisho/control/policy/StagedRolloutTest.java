package org.sekisho.control.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sekisho.control.identity.Role;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.ServerUnderTest;
import org.sekisho.control.testing.TestJournal;
import org.sekisho.control.testing.TestTerminal;
import org.sekisho.v1.ServerMessage.MessageCase;
import org.sekisho.v1.Signed;

/** A revision goes to a pilot group first; what terminals get is what counts. */
@QuarkusTest
@QuarkusTestResource(ServerUnderTest.class)
class StagedRolloutTest extends StagedRolloutRig {
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

    private String group(List<String> members) {
        return api.post("/api/v1/terminal-groups", Map.of("name", bureau, "members", members))
                .json()
                .get("id")
                .asText();
    }
}
