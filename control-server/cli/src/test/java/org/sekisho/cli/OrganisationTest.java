package org.sekisho.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class OrganisationTest extends ServerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TREE = "{\"items\":[{\"path\":\"総務部/税務課\",\"terminals\":3}],\"next\":null}";
    private static final String GROUPS = """
            {"items":[{"id":"g-1","name":"先行","note":"","orgUnit":"税務課","members":["t-1"],"terminals":4,"version":1}],"next":null}
            """;

    private String sent() {
        return server.asked().getLast().body();
    }

    @Test
    void divisionsAreListedAddedRenamedAndRemoved() throws Exception {
        server.on("GET /org-units", ok(TREE)).on("POST /org-units", ok(TREE)).on("POST /org-units/rename", ok(TREE));

        assertThat(script().japanese().command("divisions").out()).contains("総務部/税務課", "3");
        assertThat(script().command("divisions", "add", "a", "b/c").exit()).isZero();
        assertThat(JSON.readTree(sent())).isEqualTo(JSON.readTree("{\"paths\":[\"a\",\"b/c\"]}"));
        assertThat(script().command("divisions", "rename", "a", "d").exit()).isZero();
        assertThat(JSON.readTree(sent())).isEqualTo(JSON.readTree("{\"from\":\"a\",\"to\":\"d\"}"));
    }

    @Test
    void groupsAreMadeByRuleAndByHand() throws Exception {
        server.on("GET /terminal-groups", ok(GROUPS)).on("POST /terminal-groups", ok("{\"id\":\"g-2\"}"));

        assertThat(script().command("groups").out()).contains("先行", "税務課 / t-1", "4");
        assertThat(script().command(
                                "groups", "create", "x", "--segment", "my-number", "--host", "z-*", "--terminal", "t-2")
                        .exit())
                .isZero();
        assertThat(JSON.readTree(sent()))
                .isEqualTo(JSON.readTree(
                        "{\"name\":\"x\",\"segment\":\"MY_NUMBER\",\"hostPattern\":\"z-*\",\"members\":[\"t-2\"]}"));
    }

    @Test
    void aGroupIsDeletedByItsName() {
        server.on("GET /terminal-groups", ok(GROUPS)).on("DELETE /terminal-groups/g-1", ok(""));

        assertThat(script().command("groups", "delete", "nobody").exit()).isEqualTo(1);
        assertThat(script().command("groups", "delete", "先行").exit()).isZero();
        assertThat(server.asked().getLast().toString()).contains("g-1");
    }
}
