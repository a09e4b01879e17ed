package org.sekisho.control.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.control.event.EventFeed;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.Api.Answer;
import org.sekisho.control.testing.Publishing;
import org.sekisho.control.testing.ServerUnderTest;
import org.sekisho.control.testing.TestJournal;
import org.sekisho.control.testing.TestTerminal;

/** Two divisions and a terminal of none; whoever is limited to one of them sees and touches nothing else. */
@QuarkusTest
@QuarkusTestResource(ServerUnderTest.class)
class BranchTest {
    @Inject
    EventFeed feed;

    private final Api administrator = Api.administrator();
    private final String bureau = "総務部" + UUID.randomUUID();
    private final TestTerminal own = TestTerminal.enrolIn(administrator, bureau + "/税務課");
    private final TestTerminal other = TestTerminal.enrolIn(administrator, bureau + "分室/税務課");
    private final TestTerminal unplaced = TestTerminal.enrol(administrator);
    private final List<TestTerminal> all = List.of(own, other, unplaced);
    private final Map<String, Long> incidents = new HashMap<>();

    @BeforeEach
    void record() {
        for (TestTerminal terminal : all) {
            TestJournal journal = TestJournal.of(terminal);
            try (TestTerminal.Stream stream = terminal.connect(journal)) {
                stream.events(List.of(journal.blocked("hanako")));
                stream.awaitAck(1);
            }
            JsonNode found = administrator
                    .get("/api/v1/incidents?terminal=" + terminal.id())
                    .json();
            incidents.put(terminal.id(), found.at("/items/0/id").asLong());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {Role.Name.ADMINISTRATOR, Role.Name.APPROVER, Role.Name.RESPONDER, Role.Name.AUDITOR})
    void listsShowTheBranchAlone(String role) {
        Api limited = administrator.withRoles(Api.role(role, bureau));

        assertThat(terminals(limited.get("/api/v1/terminals?limit=500"), "id")).containsExactly(own.id());
        assertThat(terminals(limited.get("/api/v1/events?limit=500"), "terminal"))
                .containsOnly(own.id());
        assertThat(terminals(limited.get("/api/v1/incidents?limit=500"), "terminal"))
                .containsOnly(own.id());
        assertThat(terminals(limited.get("/api/v1/org-units"), "path")).containsExactly(bureau, bureau + "/税務課");
        // Asked for by name they aren't there either.
        for (TestTerminal foreign : List.of(other, unplaced)) {
            assertThat(terminals(limited.get("/api/v1/events?terminal=" + foreign.id()), "terminal"))
                    .isEmpty();
            assertThat(terminals(limited.get("/api/v1/incidents?terminal=" + foreign.id()), "terminal"))
                    .isEmpty();
        }
        // Control: the same lists for everything.
        Api unlimited = administrator.withRole(role);
        assertThat(terminals(unlimited.get("/api/v1/terminals?limit=500"), "id"))
                .contains(own.id(), other.id(), unplaced.id());
        assertThat(terminals(unlimited.get("/api/v1/events?terminal=" + other.id()), "terminal"))
                .containsOnly(other.id());
    }

    @ParameterizedTest
    @ValueSource(strings = {Role.Name.ADMINISTRATOR, Role.Name.APPROVER, Role.Name.RESPONDER, Role.Name.AUDITOR})
    void singleThingsOfOtherBranchesAreNotThere(String role) {
        Api limited = administrator.withRoles(Api.role(role, bureau));

        for (TestTerminal foreign : List.of(other, unplaced)) {
            assertThat(limited.get("/api/v1/terminals/" + foreign.id()).status())
                    .isEqualTo(404);
            assertThat(limited.get("/api/v1/events/" + foreign.id() + "/1").status())
                    .isEqualTo(404);
            assertThat(limited.get("/api/v1/incidents/" + incidents.get(foreign.id()))
                            .status())
                    .isEqualTo(404);
        }
        assertThat(limited.get("/api/v1/terminals/" + own.id()).status()).isEqualTo(200);
        assertThat(limited.get("/api/v1/events/" + own.id() + "/1").status()).isEqualTo(200);
        assertThat(limited.get("/api/v1/incidents/" + incidents.get(own.id())).status())
                .isEqualTo(200);
    }

    @Test
    void nothingOfAnotherBranchIsChanged() {
        Api limited = administrator.withRoles(Api.role(Role.Name.ADMINISTRATOR, bureau));
        long foreign = incidents.getOrDefault(other.id(), 0L);
        int version = administrator
                .get("/api/v1/incidents/" + foreign)
                .json()
                .get("version")
                .asInt();
        Map<String, Object> closing =
                Map.of("state", "CLOSED", "finding", Map.of("kind", "MISTAKE", "text", "a slip"), "version", version);

        assertThat(limited.patch("/api/v1/incidents/" + foreign, closing).status())
                .isEqualTo(404);
        for (String act : List.of("revoke", "retire", "approve")) {
            assertThat(limited.post("/api/v1/terminals/" + other.id() + "/" + act, Map.of("reason", "x"))
                            .status())
                    .as(act)
                    .isIn(400, 404);
        }
        assertThat(limited.post(
                                "/api/v1/terminals/" + other.id() + "/commands",
                                Map.of("kind", "ISOLATE", "reason", "x"))
                        .status())
                .isEqualTo(404);
        assertThat(limited.get("/api/v1/terminals/" + other.id() + "/commands").status())
                .isEqualTo(404);
        assertThat(limited.post(
                                "/api/v1/terminals/move",
                                Map.of("terminals", List.of(own.id(), other.id()), "orgUnit", bureau))
                        .status())
                .isEqualTo(404);
        assertThat(limited.post(
                                "/api/v1/terminals/move",
                                Map.of("terminals", List.of(own.id()), "orgUnit", bureau + "分室"))
                        .status())
                .isEqualTo(403);
        assertThat(limited.get("/api/v1/terminals/summary").json().get("total").asInt())
                .isEqualTo(1);
        JsonNode incident = administrator.get("/api/v1/incidents/" + foreign).json();
        assertThat(incident.get("state").asText()).isEqualTo("NEW");
        assertThat(incident.get("version").asInt()).isEqualTo(version);
        assertThat(administrator
                        .get("/api/v1/terminals/" + other.id())
                        .json()
                        .get("state")
                        .asText())
                .isEqualTo("ACTIVE");
        assertThat(limited.post("/api/v1/terminals/" + own.id() + "/revoke", Map.of("reason", "x"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void theRoleThatCountsIsTheOneThatTheOperationAsksFor() {
        Api mixed = administrator.withRoles(Api.role(Role.Name.AUDITOR), Api.role(Role.Name.RESPONDER, bureau));
        String foreign = "/api/v1/incidents/" + incidents.get(other.id());
        int version = mixed.get(foreign).json().get("version").asInt();

        assertThat(mixed.patch(
                                foreign,
                                Map.of(
                                        "state",
                                        "CLOSED",
                                        "finding",
                                        Map.of("kind", "MISTAKE", "text", "a slip"),
                                        "version",
                                        version))
                        .status())
                .isEqualTo(404);
        String near = "/api/v1/incidents/" + incidents.get(own.id());
        int nearVersion = mixed.get(near).json().get("version").asInt();
        assertThat(mixed.patch(
                                near,
                                Map.of(
                                        "state",
                                        "CLOSED",
                                        "finding",
                                        Map.of("kind", "MISTAKE", "text", "a slip"),
                                        "version",
                                        nearVersion))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void enrolmentTokensStayInTheBranch() {
        Api limited = administrator.withRoles(Api.role(Role.Name.ADMINISTRATOR, bureau));
        Map<String, Object> nowhere = Map.of("segment", "LGWAN");
        Map<String, Object> elsewhere = Map.of("segment", "LGWAN", "orgUnit", bureau + "分室");
        Map<String, Object> here = Map.of("segment", "LGWAN", "orgUnit", bureau + "/市民課");
        String foreign = administrator
                .post("/api/v1/enrolment-tokens", elsewhere)
                .json()
                .get("id")
                .asText();

        for (Map<String, Object> wanted : List.of(nowhere, elsewhere)) {
            Answer refused = limited.post("/api/v1/enrolment-tokens", wanted);
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.json().get("code").asText()).isEqualTo("outside-branch");
        }
        String made =
                limited.post("/api/v1/enrolment-tokens", here).json().get("id").asText();
        assertThat(terminals(limited.get("/api/v1/enrolment-tokens?limit=500"), "id"))
                .contains(made)
                .doesNotContain(foreign);
        assertThat(limited.delete("/api/v1/enrolment-tokens/" + foreign).status())
                .isEqualTo(404);
        assertThat(limited.delete("/api/v1/enrolment-tokens/" + made).status()).isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "a//b", "/a", "a/", " a", "a\u0000", "a:b", "a/b/c/d/e/f/g/h/i"})
    void aDivisionIsAPath(String unit) {
        assertThat(administrator
                        .post("/api/v1/enrolment-tokens", Map.of("segment", "LGWAN", "orgUnit", unit))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void policiesAreForTheWholeSegmentAndCountTheBranchsTerminals() {
        Api limited = administrator.withRoles(Api.role(Role.Name.ADMINISTRATOR, bureau));
        JsonNode template =
                administrator.get("/api/v1/policies/templates").json().get(0);
        Map<String, Object> draft = Map.of("yaml", template.get("yaml").asText(), "reason", "branch");

        Answer refused = limited.post("/api/v1/policies", draft);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().get("code").asText()).isEqualTo("whole-organisation");
        JsonNode published =
                Publishing.publish(administrator, template.get("yaml").asText());
        String path = "/api/v1/policies/" + published.get("segment").asText() + "/"
                + published.get("revision").asText();
        JsonNode seen = limited.get(path).json();
        assertThat(seen.get("yaml").asText()).isEqualTo(template.get("yaml").asText());
        boolean ownSegment = published.get("segment").asText().equals("MY_NUMBER");
        assertThat(seen.at("/rollout/intended").asInt()).isEqualTo(ownSegment ? 1 : 0);
        assertThat(terminals(limited.get(path + "/rollout?limit=500"), "terminal"))
                .containsExactlyElementsOf(ownSegment ? List.of(own.id()) : List.of());
    }

    @Test
    void liveStreamsCarryTheBranchAlone() throws Exception {
        Api limited = administrator.withRoles(Api.role(Role.Name.RESPONDER, bureau));
        BlockingQueue<String> events = follow(limited, "/api/v1/events/stream");
        BlockingQueue<String> work = follow(limited, "/api/v1/incidents/stream");
        await().until(feed::isFollowed);
        TestTerminal late = TestTerminal.enrolIn(administrator, bureau);
        for (TestTerminal terminal : List.of(TestTerminal.enrolIn(administrator, bureau + "分室"), late)) {
            TestJournal journal = TestJournal.of(terminal);
            try (TestTerminal.Stream stream = terminal.connect(journal)) {
                stream.events(List.of(journal.blocked("hanako")));
                stream.awaitAck(1);
            }
        }

        await().untilAsserted(() -> {
            assertThat(events).anyMatch(line -> line.startsWith("data:") && line.contains(late.id()));
            assertThat(work).anyMatch(line -> line.startsWith("data:") && line.contains(late.id()));
        });
        assertThat(events).filteredOn(line -> line.startsWith("data:")).allMatch(line -> line.contains(late.id()));
        assertThat(work)
                .filteredOn(line -> line.startsWith("data:") && line.contains("terminal"))
                .allMatch(line -> line.contains(late.id()) || line.contains(own.id()));
    }

    private static List<String> terminals(Answer list, String field) {
        assertThat(list.status()).isEqualTo(200);
        return list.json().get("items").findValuesAsText(field).stream()
                .distinct()
                .toList();
    }

    private static BlockingQueue<String> follow(Api api, String path) {
        HttpResponse<InputStream> response = api.stream(path);
        assertThat(response.statusCode()).isEqualTo(200);
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        Thread.ofVirtual().start(() -> {
            try (BufferedReader reader =
                    new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    lines.add(line);
                }
            } catch (IOException e) {
                lines.add("closed");
            }
            lines.add("ended");
        });
        return lines;
    }
}
