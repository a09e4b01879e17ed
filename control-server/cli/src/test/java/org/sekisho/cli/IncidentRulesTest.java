package org.sekisho.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncidentRulesTest extends ServerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BOOK =
            "{\"version\":3,\"rules\":[{\"id\":\"blocked\",\"name\":\"止めた操作\",\"enabled\":false,\"kinds\":[\"ATTEMPT\"],"
                    + "\"channels\":[],\"verdicts\":[\"BLOCK\"],\"threshold\":5}]}";

    @Test
    void whatIsExportedIsTriedAndSet(@TempDir Path folder) throws Exception {
        server.on("GET /incident-rules", ok(BOOK));
        server.on(
                "POST /incident-rules/preview",
                ok(
                        "{\"attempts\":90,\"now\":7,\"then\":2,\"rules\":[{\"rule\":\"blocked\",\"attempts\":90,\"incidents\":2}]}"));
        server.on("PUT /incident-rules", ok(BOOK));

        String exported = script().command("incident-rules", "export").out();
        Path file = Files.writeString(folder.resolve("rules.json"), exported);
        assertThat(script().command("incident-rules", "try", file.toString()).out())
                .contains("Of 90 attempts the rules in force make 7 incidents, these 2.");
        Run.Result set = script().command("incident-rules", "set", file.toString(), "--reason", "多い");

        assertThat(set.exit()).as(set.err()).isZero();
        JsonNode sent = JSON.readTree(server.asked().getLast().body());
        assertThat(sent.path("version").asLong()).isEqualTo(3);
        assertThat(sent.path("reason").asText()).isEqualTo("多い");
        assertThat(sent.path("rules")).isEqualTo(JSON.readTree(BOOK).path("rules"));
    }

    @Test
    void listsThemInOrder() {
        server.on("GET /incident-rules", ok(BOOK));

        assertThat(script().japanese().command("incident-rules").out()).contains("止めた操作", "無効", "ATTEMPT", "BLOCK");
    }

    @Test
    void aFileWithoutRulesIsNotSent(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("rules.json"), "{}");

        Run.Result result = script().command("incident-rules", "set", file.toString(), "--reason", "x");

        assertThat(result.exit()).isNotZero();
        assertThat(result.err()).contains("holds no rules");
        assertThat(server.asked()).isEmpty();
    }
}
