package org.sekisho.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PermitTest extends ServerTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void grantsFromAnEvent() throws Exception {
        server.on("POST /permits", StubServer.Answer.json(201, "{\"id\":\"p1\",\"until\":\"2026-11-22T11:00:00Z\"}"));

        Run.Result result = script().command(
                        "permit", "grant", "--event", "t-1/7", "--until", "8h", "--uses", "2", "--reason", "持参");

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out()).contains("Permit p1 is granted until");
        JsonNode sent = JSON.readTree(server.asked().getFirst().body());
        assertThat(sent.at("/event/terminal").asText()).isEqualTo("t-1");
        assertThat(sent.at("/event/seq").asLong()).isEqualTo(7);
        assertThat(sent.path("uses").asInt()).isEqualTo(2);
        assertThat(sent.path("direction").asText()).isEqualTo("OUTWARD");
        assertThat(sent.has("terminal")).isFalse();
    }

    @Test
    void grantsForTheFilesOfAList(@TempDir Path folder) throws Exception {
        String hash = "ab".repeat(32);
        Path list = Files.writeString(folder.resolve("list"), hash + "  名簿 1.csv\n\n" + hash + " *b.bin\n");
        server.on("POST /permits", StubServer.Answer.json(201, "{\"id\":\"p1\",\"until\":\"2026-11-22T11:00:00Z\"}"));
        String[] grant = {
            "permit",
            "grant",
            "--event",
            "t-1/7",
            "--until",
            "8h",
            "--reason",
            "x",
            "--files",
            list.toString(),
            "--file-name",
            "a*"
        };

        assertThat(script().command(grant).exit()).isZero();
        JsonNode sent = JSON.readTree(server.asked().getFirst().body());
        assertThat(sent.path("files")).extracting(JsonNode::asText).containsExactly(hash, hash);
        assertThat(sent.path("fileNames")).extracting(JsonNode::asText).containsExactly("a*");

        Files.writeString(list, hash.substring(1) + "  a.csv\n");
        Run.Result refused = script().command(grant);
        assertThat(refused.exit()).isNotZero();
        assertThat(refused.err()).contains("has no SHA-256");
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void listsWhatWasCarried() {
        server.on(
                "GET /permits/p1/events?limit=100",
                ok(
                        "{\"items\":[{\"verdict\":\"AUDIT\",\"masked\":\"m\",\"detail\":{\"attempt\":{\"attempt\":{\"bytes\":\"12\","
                                + "\"media\":{\"file\":{\"name\":\"回答.xlsx\",\"sha256\":\"abc\"}}}}}},{\"masked\":\"permit p1\"}],\"next\":null}"));

        assertThat(script().command("permit", "events", "p1").out()).contains("回答.xlsx", "12", "abc", "permit p1");
    }

    @Test
    void registersByTheHashOfADevice() throws Exception {
        server.on("POST /media", StubServer.Answer.json(201, "{\"id\":\"m1\"}"));

        assertThat(script().command(
                                "media", "register", "--name", "a", "--segment", "my-number", "--hash", "ab".repeat(32))
                        .exit())
                .isZero();
        assertThat(JSON.readTree(server.asked().getFirst().body())
                        .at("/device/hash")
                        .asText())
                .isEqualTo("ab".repeat(32));
    }

    @Test
    void listsAndRevokes() {
        server.on(
                "GET /permits?state=ACTIVE&limit=100",
                ok(
                        "{\"items\":[{\"id\":\"p1\",\"state\":\"ACTIVE\",\"host\":\"pc-1\",\"user\":\"hanako\",\"channel\":\"MEDIA\","
                                + "\"uses\":3,\"used\":1,\"delivery\":\"PENDING\",\"reason\":\"x\"}],\"next\":null}"));
        server.on("POST /permits/p1/revoke", ok("{\"id\":\"p1\"}"));

        assertThat(script().japanese()
                        .command("permit", "list", "--state", "active")
                        .out())
                .contains("有効", "hanako", "1/3", "未応答");
        assertThat(script().command("permit", "revoke", "p1", "--reason", "x").out())
                .contains("Permit p1 is revoked.");
    }

    @Test
    void anImportThatIsRefusedNamesEachLine(@TempDir Path folder) throws Exception {
        Path table = Files.writeString(folder.resolve("media.csv"), "segment,name\n");
        server.on(
                "POST /media/import",
                StubServer.Answer.problem(
                        422,
                        "{\"detail\":\"no\",\"findings\":[{\"line\":3,\"message\":{\"ja\":\"誤り\",\"en\":\"wrong\"}}]}"));

        Run.Result result = script().command("media", "import", table.toString());

        assertThat(result.exit()).isNotZero();
        assertThat(result.err()).contains("media.csv:3: wrong");
    }

    @Test
    void withdrawsWhatWasReadLast() throws Exception {
        server.on("GET /media/m1", ok("{\"id\":\"m1\",\"version\":4}"));
        server.on("PATCH /media/m1", ok("{\"id\":\"m1\",\"state\":\"LOST\"}"));

        assertThat(script().command("media", "withdraw", "m1", "--lost", "--reason", "x")
                        .out())
                .contains("Medium m1 is lost.");
        assertThat(JSON.readTree(server.asked().getLast().body())
                        .path("version")
                        .asLong())
                .isEqualTo(4);
    }
}
