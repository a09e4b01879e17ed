package org.sekisho.control.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sekisho.control.identity.Role;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.Publishing;
import org.sekisho.control.testing.ServerUnderTest;
import org.sekisho.control.testing.TestJournal;
import org.sekisho.control.testing.TestTerminal;
import org.sekisho.v1.Channel;
import org.sekisho.v1.ChannelMode;
import org.sekisho.v1.ChannelState;
import org.sekisho.v1.Hello;
import org.sekisho.v1.Inventory;
import org.sekisho.v1.ServerMessage.MessageCase;
import org.sekisho.v1.Welcome;

@QuarkusTest
@QuarkusTestResource(ServerUnderTest.class)
class OrganisationTest {
    private final Api api = Api.administrator();
    private final String bureau = "部" + UUID.randomUUID();

    @Test
    void listsAreNarrowedSortedAndPagedInTheDatabase() {
        List<String> ids = new ArrayList<>();
        for (String unit : List.of("a", "b", "c", "d", "e")) {
            ids.add(TestTerminal.enrolIn(api, bureau + "/" + unit).id());
        }
        TestTerminal.enrolIn(api, bureau + "x");

        assertThat(pages("orgUnit=" + encoded(bureau) + "&sort=orgUnit&limit=2"))
                .containsExactlyElementsOf(ids);
        assertThat(pages("orgUnit=" + encoded(bureau) + "&sort=-orgUnit&limit=2"))
                .containsExactlyElementsOf(ids.reversed());
        for (String sort :
                List.of("user", "agentVersion", "os", "revision", "lastContact", "enrolled", "certificate")) {
            assertThat(pages("orgUnit=" + encoded(bureau) + "&limit=2&sort=" + sort))
                    .hasSize(5);
            assertThat(pages("orgUnit=" + encoded(bureau) + "&limit=3&sort=-" + sort))
                    .hasSize(5);
        }
        assertThat(pages("orgUnit=" + encoded(bureau) + "&q=" + encoded(bureau + "/c")))
                .containsExactly(ids.get(2));
        assertThat(pages("sort=orgUnit&id=" + ids.get(3) + "&id=nobody&id=" + ids.get(0)))
                .containsExactly(ids.get(0), ids.get(3));
        Api elsewhere = api.withRoles(Api.role(Role.Name.AUDITOR, bureau + "/a"));
        assertThat(elsewhere
                        .get("/api/v1/terminals?id=" + ids.get(0) + "&id=" + ids.get(3))
                        .json()
                        .get("items")
                        .findValuesAsText("id"))
                .as("the ids of another branch tell nothing")
                .containsExactly(ids.get(0));
        assertThat(api.get("/api/v1/terminals?sort=password").status()).isEqualTo(400);
        assertThat(api.get("/api/v1/terminals?standing=WELL").status()).isIn(400, 404);
    }

    @Test
    void standingsAreWhatTheTerminalsSaid() {
        TestTerminal failed = TestTerminal.enrolIn(api, bureau);
        TestTerminal away = TestTerminal.enrolIn(api, bureau);
        try (TestTerminal.Stream stream = failed.open()) {
            stream.hello(withState(TestJournal.of(failed).hello(), ChannelMode.MODE_FAILED));
            stream.await(MessageCase.WELCOME);
            await().untilAsserted(() -> {
                assertThat(pages("orgUnit=" + encoded(bureau) + "&standing=FAILED"))
                        .containsExactly(failed.id());
                assertThat(pages("orgUnit=" + encoded(bureau) + "&standing=CONNECTED"))
                        .containsExactly(failed.id());
            });
            assertThat(pages("orgUnit=" + encoded(bureau) + "&standing=AWAY")).containsExactly(away.id());
            assertThat(pages("orgUnit=" + encoded(bureau) + "&q=jiro")).containsExactly(failed.id());
            JsonNode figures = api.get("/api/v1/terminals/summary?orgUnit=" + encoded(bureau))
                    .json();
            assertThat(figures.get("total").asInt()).isEqualTo(2);
            assertThat(figures.get("connected").asInt()).isEqualTo(1);
            assertThat(figures.get("failed").asInt()).isEqualTo(1);
        }
        api.post("/api/v1/terminals/" + away.id() + "/retire", Map.of("reason", "old"));
        JsonNode figures =
                api.get("/api/v1/terminals/summary?orgUnit=" + encoded(bureau)).json();
        assertThat(figures.get("total").asInt()).isEqualTo(1);
        assertThat(figures.get("retired").asInt()).isEqualTo(1);
        assertThat(pages("orgUnit=" + encoded(bureau) + "&state=RETIRED")).containsExactly(away.id());
    }

    @Test
    void aTerminalLearnsItsDivisionAtOnceAndAgainWhenItIsMovedOrTheDivisionRenamed() {
        TestTerminal terminal = TestTerminal.enrolIn(api, bureau + "/税務課");
        TestJournal journal = TestJournal.of(terminal);
        try (TestTerminal.Stream stream = terminal.open()) {
            assertThat(welcome(stream, journal).getOrgUnit()).isEqualTo(bureau + "/税務課");
            assertThat(api.post(
                                    "/api/v1/terminals/move",
                                    Map.of("terminals", List.of(terminal.id()), "orgUnit", bureau + "/市民課"))
                            .status())
                    .isEqualTo(200);
            stream.await(MessageCase.DRAIN);
        }
        try (TestTerminal.Stream stream = terminal.open()) {
            assertThat(welcome(stream, journal).getOrgUnit()).isEqualTo(bureau + "/市民課");
            Api branch = api.withRoles(Api.role("auditor", bureau));
            assertThat(api.post("/api/v1/org-units/rename", Map.of("from", bureau, "to", "新" + bureau))
                            .status())
                    .isEqualTo(200);
            stream.await(MessageCase.DRAIN);
            // Who was limited to the branch still is, under its new name, and no wider.
            assertThat(branch.get("/api/v1/terminals/" + terminal.id()).status())
                    .isEqualTo(200);
            assertThat(branch.get("/api/v1/session")
                            .json()
                            .at("/grants/0/branch")
                            .asText())
                    .isEqualTo("新" + bureau);
        }
        try (TestTerminal.Stream stream = terminal.open()) {
            assertThat(welcome(stream, journal).getOrgUnit()).isEqualTo("新" + bureau + "/市民課");
        }
    }

    @Test
    void theTreeIsDrawnAndKeptConsistent() {
        assertThat(api.post("/api/v1/org-units", Map.of("paths", List.of(bureau + "/課/係")))
                        .status())
                .isEqualTo(200);
        assertThat(units()).contains(bureau, bureau + "/課", bureau + "/課/係");
        assertThat(rename(bureau + "/課", bureau + "/課/下")).isEqualTo(400);
        assertThat(rename(bureau + "/無", bureau + "/他")).isEqualTo(404);
        api.post("/api/v1/org-units", Map.of("paths", List.of(bureau + "/他")));
        assertThat(rename(bureau + "/課", bureau + "/他")).isEqualTo(409);
        assertThat(rename(bureau + "/課", bureau + "室/課")).isEqualTo(200);
        assertThat(units()).contains(bureau + "室", bureau + "室/課/係").doesNotContain(bureau + "/課");
        TestTerminal terminal = TestTerminal.enrolIn(api, bureau + "室/課");
        assertThat(remove(bureau + "室")).isEqualTo(409);
        api.post("/api/v1/terminals/" + terminal.id() + "/retire", Map.of("reason", "old"));
        assertThat(remove(bureau + "室")).isEqualTo(204);
        assertThat(units()).doesNotContain(bureau + "室", bureau + "室/課/係");
        assertThat(remove(bureau + "室")).isEqualTo(404);
    }

    @Test
    void groupsHoldWhomTheirRuleFitsAndWhoWasPutIntoThem() {
        TestTerminal inside = TestTerminal.enrolIn(api, bureau + "/課");
        TestTerminal outside = TestTerminal.enrolIn(api, bureau + "外");
        TestTerminal byHand = TestTerminal.enrolIn(api, bureau + "外");
        String group = group(Map.of(
                "name", "g" + bureau, "orgUnit", bureau, "hostPattern", "host-*", "members", List.of(byHand.id())));

        assertThat(pages("group=" + group)).containsExactlyInAnyOrder(inside.id(), byHand.id());
        api.post("/api/v1/terminals/move", Map.of("terminals", List.of(outside.id()), "orgUnit", bureau));
        assertThat(pages("group=" + group)).contains(outside.id());
        assertThat(api.get("/api/v1/terminals/" + inside.id())
                        .json()
                        .at("/groups/0")
                        .asText())
                .isEqualTo("g" + bureau);
        assertThat(replace(group, "g" + bureau, "h_st%", 1)).isEqualTo(200);
        assertThat(pages("group=" + group)).containsExactly(byHand.id());
        assertThat(replace(group, "g" + bureau, "host-?*", 1)).isEqualTo(409);
        assertThat(api.post("/api/v1/terminal-groups", Map.of("name", "g" + bureau))
                        .status())
                .isEqualTo(409);
        assertThat(pages("group=" + group(Map.of("name", "empty" + bureau)))).isEmpty();
        assertThat(api.delete("/api/v1/terminal-groups/" + group).status()).isEqualTo(204);
        assertThat(pages("group=" + group)).isEmpty();
    }

    @Test
    void aTokenMayAskForApprovalAndUntilThenTheTerminalGetsNoPolicy() {
        JsonNode template = api.get("/api/v1/policies/templates").json().get(0);
        String segment = template.get("segment").asText();
        Publishing.publish(api, template.get("yaml").asText());
        String group = group(Map.of("name", "new" + bureau));
        String token = api.post(
                        "/api/v1/enrolment-tokens",
                        Map.of("segment", segment, "orgUnit", bureau, "group", group, "needsApproval", true))
                .json()
                .get("token")
                .asText();
        TestTerminal terminal = TestTerminal.enrolBy(api, token);
        TestJournal journal = TestJournal.of(terminal);

        assertThat(state(terminal)).isEqualTo("WAITING");
        assertThat(pages("group=" + group)).containsExactly(terminal.id());
        try (TestTerminal.Stream stream = terminal.open()) {
            assertThat(welcome(stream, journal).getAwaitsApproval()).isTrue();
            // Its events are taken meanwhile; the answer shows that no policy came before it.
            stream.events(journal.pastes(1));
            assertThat(stream.await(message -> message.hasPolicy() || message.hasEventAck())
                            .hasPolicy())
                    .isFalse();
            assertThat(api.post("/api/v1/terminals/" + terminal.id() + "/approve", Map.of())
                            .status())
                    .isEqualTo(200);
            stream.await(MessageCase.DRAIN);
        }
        assertThat(state(terminal)).isEqualTo("ACTIVE");
        try (TestTerminal.Stream stream = terminal.open()) {
            assertThat(welcome(stream, journal).getAwaitsApproval()).isFalse();
            stream.await(MessageCase.POLICY);
        }
        assertThat(api.post("/api/v1/terminals/" + terminal.id() + "/approve", Map.of())
                        .status())
                .isEqualTo(409);
    }

    private String state(TestTerminal terminal) {
        return api.get("/api/v1/terminals/" + terminal.id()).json().get("state").asText();
    }

    private static Welcome welcome(TestTerminal.Stream stream, TestJournal journal) {
        stream.hello(journal.hello());
        return stream.await(MessageCase.WELCOME).getWelcome();
    }

    private static Hello withState(Hello hello, ChannelMode mode) {
        return hello.toBuilder()
                .setStatus(org.sekisho.v1.Status.newBuilder()
                        .setInventory(Inventory.newBuilder().setOs("Linux").addUsers("jiro"))
                        .addChannels(ChannelState.newBuilder()
                                .setChannel(Channel.CLIPBOARD)
                                .setMode(mode)))
                .build();
    }

    private String group(Map<String, Object> definition) {
        Api.Answer made = api.post("/api/v1/terminal-groups", definition);
        assertThat(made.status()).isEqualTo(201);
        return made.json().get("id").asText();
    }

    private int replace(String group, String name, String hostPattern, int version) {
        String body = "{\"name\":\"%s\",\"hostPattern\":\"%s\",\"version\":%d}".formatted(name, hostPattern, version);
        return api.send(
                        "PUT",
                        "/api/v1/terminal-groups/" + group,
                        "application/json",
                        body.getBytes(StandardCharsets.UTF_8))
                .status();
    }

    private int rename(String from, String to) {
        return api.post("/api/v1/org-units/rename", Map.of("from", from, "to", to))
                .status();
    }

    private int remove(String path) {
        return api.delete("/api/v1/org-units?path=" + encoded(path)).status();
    }

    private List<String> units() {
        return api.get("/api/v1/org-units").json().get("items").findValuesAsText("path");
    }

    /** Ids on all pages. */
    private List<String> pages(String query) {
        List<String> ids = new ArrayList<>();
        Map<String, Boolean> seen = new HashMap<>();
        String after = "";
        do {
            Api.Answer answer = api.get("/api/v1/terminals?" + query + after);
            assertThat(answer.status()).as(query).isEqualTo(200);
            JsonNode page = answer.json();
            page.get("items").forEach(item -> ids.add(item.get("id").asText()));
            JsonNode next = page.get("next");
            after = next == null || next.isNull() ? "" : "&after=" + next.asText();
            assertThat(seen.put(after, true)).as("a page comes once").isNull();
        } while (!after.isEmpty());
        return ids;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
