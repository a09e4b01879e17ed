package org.sekisho.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.sekisho.policy.PolicyTemplates;
import org.sekisho.v1.Segment;

class OfflinePolicyTest extends ServerTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Path write(String name, String yaml) throws IOException {
        return Files.writeString(home.resolve(name), yaml);
    }

    private String template() {
        return PolicyTemplates.text(Segment.MY_NUMBER);
    }

    @Test
    void aShippedTemplateHasNoErrorsAndNoServerIsAsked() throws IOException {
        Path file = write("good.yaml", template());

        Run.Result result = Run.in(home).command("policy", "check", file.toString());

        assertThat(result.exit()).isZero();
        assertThat(result.err()).startsWith("Errors: 0");
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void anErrorIsNamedByFileLineAndColumn() throws IOException {
        Path good = write("good.yaml", template());
        Path bad = write("bad.yaml", "segment: my-number\nname: x\nveredict: block\n");

        Run.Result result = Run.in(home).japanese().command("policy", "check", good.toString(), bad.toString());

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.out()).contains(bad + ":3:1: 誤り: ");
    }

    @Test
    void jsonHasTheFindingsByFile() throws IOException {
        Path bad = write("bad.yaml", "segment: my-number\nname: x\nveredict: block\n");

        Run.Result result = Run.in(home).command("policy", "check", bad.toString(), "-o", "json");

        assertThat(result.exit()).isEqualTo(1);
        JsonNode finding = JSON.readTree(result.out())
                .path("files")
                .path(0)
                .path("findings")
                .path(0);
        assertThat(finding.path("severity").asText()).isEqualTo("ERROR");
        assertThat(finding.path("line").asInt()).isEqualTo(3);
        assertThat(finding.path("message").path("ja").asText()).isNotEmpty();
    }

    @Test
    void aFileThatIsNotThereIsNoFinding() {
        Run.Result result = Run.in(home)
                .command("policy", "check", home.resolve("none.yaml").toString());

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains("there is no such file");
    }

    @Test
    void aTemplateIsPrintedAsItShips() throws IOException {
        Run.Result result = Run.in(home).command("policy", "template", "my-number");

        assertThat(result.exit()).isZero();
        assertThat(result.out()).isEqualTo(template());
        assertThat(server.asked()).isEmpty();
        JsonNode json = JSON.readTree(Run.in(home)
                .command("policy", "template", "LGWAN", "-o", "json")
                .out());
        assertThat(json.path("segment").asText()).isEqualTo("LGWAN");
        assertThat(json.path("yaml").asText()).isEqualTo(PolicyTemplates.text(Segment.LGWAN));
    }

    @Test
    void aTemplateThatDoesNotShipIsNamedWithThoseThatDo() {
        Run.Result result = Run.in(home).japanese().command("policy", "template", "segment-unspecified");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains("segment-unspecified").contains("my-number, lgwan, internet");
    }

    @Test
    void twoFilesAreComparedWithoutAServer() throws IOException {
        Path before = write("before.yaml", template());
        Path after = write("after.yaml", template() + "audit-only: true\n");

        Run.Result result = Run.in(home).command("policy", "diff", before.toString(), after.toString(), "-o", "json");

        assertThat(result.exit()).isZero();
        JsonNode change = JSON.readTree(result.out()).path("changes").path(0);
        assertThat(change.path("direction").asText()).isEqualTo("LOOSENS");
        assertThat(change.path("field").asText()).isEqualTo("audit-only");
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void oneFileIsComparedWithWhatRuns() throws IOException {
        Path draft = write("draft.yaml", template());
        server.on(
                "POST /policies/diff",
                ok(
                        "{\"against\":7,\"changes\":[{\"rule\":\"r1\",\"field\":\"verdict\",\"direction\":\"TIGHTENS\",\"message\":{\"ja\":\"厳しく\",\"en\":\"stricter\"}}]}"));

        Run.Result result = script().japanese().command("policy", "diff", draft.toString());

        assertThat(result.lines())
                .containsExactly("リビジョン 7 との比較:", "向き        ルール  項目     変更", "厳しくする  r1      verdict  厳しく");
        assertThat(JSON.readTree(server.asked().getFirst().body()).path("yaml").asText())
                .isEqualTo(template());
    }
}
