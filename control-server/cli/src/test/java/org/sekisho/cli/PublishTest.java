package org.sekisho.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PublishTest extends ServerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PUBLISHED = "{\"segment\":\"MY_NUMBER\",\"revision\":8}";
    private static final String ROLLOUT = "GET /policies/MY_NUMBER/8/rollout?limit=500";

    private Path file;

    @BeforeEach
    void file() throws IOException {
        file = Files.writeString(home.resolve("policy.yaml"), "segment: my-number\n");
        server.on("POST /policies", StubServer.Answer.json(201, PUBLISHED));
        server.on(
                "GET /terminals?segment=MY_NUMBER&limit=500",
                ok("{\"items\":[{\"id\":\"a\",\"connected\":true},{\"id\":\"c\",\"connected\":false}],\"next\":null}"));
    }

    private static String terminal(String id, String progress) {
        return "{\"terminal\":\"" + id + "\",\"host\":\"host-" + id + "\",\"progress\":\"" + progress
                + "\",\"detail\":\"detail of " + id + "\"}";
    }

    private static StubServer.Answer rollout(String... terminals) {
        return ok("{\"items\":[" + String.join(",", terminals) + "],\"next\":null}");
    }

    private Run.Result publish(String... more) {
        String[] args = new String[5 + more.length];
        System.arraycopy(new String[] {"policy", "publish", file.toString(), "--reason", "年末対応"}, 0, args, 0, 5);
        System.arraycopy(more, 0, args, 5, more.length);
        return script().command(args);
    }

    @Test
    void sendsTextAndReason() throws Exception {
        Run.Result result = publish("--expect-current", "7");

        assertThat(result.exit()).isZero();
        assertThat(result.out()).contains("Published: my-number revision 8.");
        assertThat(JSON.readTree(server.asked().getFirst().body()))
                .isEqualTo(JSON.readTree(
                        "{\"yaml\":\"segment: my-number\\n\",\"reason\":\"年末対応\",\"expectedCurrent\":7}"));
    }

    @Test
    void waitsUntilEveryConnectedTerminalEnforces() {
        server.on(
                ROLLOUT,
                rollout(terminal("a", "RECEIVED"), terminal("b", "ENFORCED")),
                rollout(terminal("a", "ENFORCED"), terminal("b", "ENFORCED"), terminal("c", "NONE")));

        Run.Result result = publish("--wait");

        assertThat(result.exit()).isZero();
        assertThat(result.err()).contains("Enforced on 1 of 2", "Enforced on 2 of 2");
        assertThat(result.out()).contains("2 of 2 enforce it", "Not connected, will take it when they come back: 1.");
    }

    @Test
    void aTerminalThatRefusesIsNamedAndExitsWithOne() {
        server.on(ROLLOUT, rollout(terminal("a", "ENFORCED"), terminal("b", "REFUSED")));

        Run.Result result = publish("--wait");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.out()).contains("host-b", "refused", "detail of b").doesNotContain("host-a");
    }

    @Test
    void theWaitEndsAndNamesWhoLags() throws Exception {
        server.on(ROLLOUT, rollout(terminal("a", "VERIFIED")));

        Run.Result result = publish("--wait", "--timeout", "0s", "-o", "json");

        assertThat(result.exit()).isEqualTo(1);
        JsonNode rollout = JSON.readTree(result.out()).path("rollout");
        assertThat(rollout.path("done").asBoolean(true)).isFalse();
        assertThat(rollout.path("lagging").findValuesAsText("terminal")).containsExactly("a");
    }

    @Test
    void findingsOfTheServerArePrintedByLine() {
        server.on(
                "POST /policies",
                StubServer.Answer.problem(
                        422,
                        "{\"status\":422,\"detail\":\"1 error\",\"findings\":[{\"severity\":\"ERROR\",\"code\":\"UNKNOWN_KEY\",\"line\":3,\"column\":5,\"message\":{\"ja\":\"知らないキー\",\"en\":\"unknown key\"}}]}"));

        Run.Result result = publish();

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).startsWith(file + ":3:5: error: unknown key [UNKNOWN_KEY]");
        assertThat(result.out()).isEmpty();
    }

    @Test
    void aPublicationThatFailedHalfwayIsNotSentTwice() {
        server.on("POST /policies", StubServer.Answer.problem(503, "{\"status\":503}"));

        assertThat(publish().exit()).isEqualTo(2);
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void listAndShow() {
        server.on(
                        "GET /policies?segment=MY_NUMBER&limit=100",
                        ok(
                                "{\"items\":[{\"segment\":\"MY_NUMBER\",\"revision\":8,\"name\":\"基本\",\"publishedBy\":\"山田\",\"publishedAt\":\"2026-11-22T11:00:00Z\",\"reason\":\"年末\",\"current\":true,\"rollout\":{\"intended\":3,\"enforced\":2}}],\"next\":null}"))
                .on("GET /policies/MY_NUMBER/current", ok("{\"yaml\":\"segment: my-number\\nname: 基本\\n\"}"));

        assertThat(script().command("policy", "list", "--segment", "my-number")
                        .lines()
                        .getLast())
                .isEqualTo("my-number  8         current  基本  2026-11-22 20:00:00  山田  2/3       年末");
        assertThat(script().command("policy", "show", "my-number").out()).isEqualTo("segment: my-number\nname: 基本\n");
    }
}
