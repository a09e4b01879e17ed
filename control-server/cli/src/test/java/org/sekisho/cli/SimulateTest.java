package org.sekisho.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulateTest extends ServerTest {
    private static final String REPORT =
            "{\"done\":2,\"total\":2,\"report\":{\"acts\":16,\"attempts\":2,\"newlyStopped\":14,\"newlyAllowed\":2,\"auditOnly\":false,\"truncated\":false,"
                    + "\"groups\":[{\"orgUnit\":\"総務部/税務課\",\"channel\":\"CLIPBOARD\",\"before\":\"AUDIT\",\"after\":\"BLOCK\",\"ruleAfter\":\"to-mail\",\"acts\":14,\"people\":3,"
                    + "\"examples\":[{\"terminal\":\"t-1\",\"seq\":7}]}],"
                    + "\"rules\":[{\"rule\":\"to-mail\",\"acts\":14,\"disabled\":false},{\"rule\":\"never\",\"acts\":0,\"disabled\":false},{\"rule\":\"off\",\"acts\":0,\"disabled\":true}]}}\n";

    private Path file;

    @BeforeEach
    void file() throws IOException {
        file = Files.writeString(home.resolve("policy.yaml"), "segment: my-number\n");
    }

    private void answers(String lines) {
        server.on("POST /policies/simulate", new StubServer.Answer(200, "application/x-ndjson", lines));
    }

    @Test
    void saysWhatWouldHaveBeenStoppedAndWhose() throws Exception {
        answers("{\"done\":0,\"total\":2}\n" + REPORT);

        Run.Result result = script().command("policy", "simulate", file.toString(), "--days", "7");

        assertThat(result.exit()).isZero();
        assertThat(result.err()).contains("Tried 0 of 2.");
        assertThat(result.out())
                .contains("Of 16 acts in the last 7 days, 14 would newly be stopped, 2 newly allowed.")
                .contains("総務部/税務課", "to-mail", "t-1/7", "Rules that nothing came to: never\n")
                .doesNotContain("off");
        assertThat(server.asked().getFirst().body()).contains("\"days\":7");
    }

    @Test
    void asJsonTheReportIsAllThereIs() throws Exception {
        answers("{\"done\":0,\"total\":2}\n" + REPORT);

        Run.Result result = script().command("policy", "simulate", file.toString(), "-o", "json");

        JsonNode report = new ObjectMapper().readTree(result.out());
        assertThat(report.path("newlyStopped").asLong()).isEqualTo(14);
        assertThat(report.has("report")).isFalse();
    }

    @Test
    void aSimulationThatBreaksOffIsNoReport() {
        answers("{\"done\":0,\"total\":2}\n");
        assertThat(script().command("policy", "simulate", file.toString()).exit())
                .isEqualTo(2);
        answers("{\"done\":0,\"total\":0,\"failure\":\"no database\"}\n");
        Run.Result failed = script().command("policy", "simulate", file.toString());
        assertThat(failed.exit()).isEqualTo(2);
        assertThat(failed.err()).contains("no database");
    }

    @Test
    void aBusyServerIsNotAskedTwice() {
        server.on(
                "POST /policies/simulate",
                StubServer.Answer.problem(503, "{\"status\":503,\"detail\":\"2 simulations are running\"}"));

        Run.Result result = script().command("policy", "simulate", file.toString());

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains("2 simulations are running");
        assertThat(server.asked()).hasSize(1);
    }
}
