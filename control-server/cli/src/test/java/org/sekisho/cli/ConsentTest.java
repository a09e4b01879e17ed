package org.sekisho.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

/** Proposals, stages, and the way to git and back. */
class ConsentTest extends ServerTest {
    private static final String PROPOSAL =
            "{\"id\":12,\"segment\":\"MY_NUMBER\",\"state\":\"OPEN\",\"proposedBy\":\"山田\",\"proposedAt\":\"2026-11-22T11:00:00Z\",\"reason\":\"年末\"}";
    private static final String NOTHING_WRONG = "{\"segment\":\"MY_NUMBER\",\"findings\":[]}";

    private Path policy() throws IOException {
        return Files.writeString(home.resolve("policy.yaml"), "segment: my-number\n");
    }

    @Test
    void whatLoosensIsSaidToWait() throws Exception {
        server.on("POST /policies", StubServer.Answer.json(202, PROPOSAL))
                .on("GET /terminal-groups", ok("{\"items\":[{\"id\":\"g-1\",\"name\":\"先行端末\"}],\"next\":null}"));

        Run.Result result = script().command(
                        "policy",
                        "publish",
                        policy().toString(),
                        "--reason",
                        "x",
                        "--pilot-unit",
                        "総務部",
                        "--pilot-terminal",
                        "t-1",
                        "--pilot-group",
                        "先行端末");
        assertThat(result.exit()).isZero();
        assertThat(result.out()).contains("my-number proposal 12 loosens, and waits for a second person");
        assertThat(new ObjectMapper()
                        .readTree(server.asked().getLast().body())
                        .path("pilot")
                        .toString())
                .isEqualTo("{\"units\":[\"総務部\"],\"terminals\":[\"t-1\"],\"groups\":[\"g-1\"]}");
        Run.Result unknown =
                script().command("policy", "publish", policy().toString(), "--reason", "x", "--pilot-group", "ほか");
        assertThat(unknown.exit()).isNotZero();
        assertThat(unknown.err()).contains("There is no group of terminals ほか.");

        assertThat(script().command("policy", "publish", policy().toString(), "--reason", "x", "--wait")
                        .exit())
                .as("its goal was not reached")
                .isEqualTo(1);
    }

    @Test
    void proposalsAreListedDecidedAndTakenBack() {
        server.on("GET /policy-proposals?open=true&limit=100", ok("{\"items\":[" + PROPOSAL + "],\"next\":null}"))
                .on(
                        "POST /policy-proposals/12/approval",
                        StubServer.Answer.json(201, "{\"segment\":\"MY_NUMBER\",\"revision\":8}"))
                .on("POST /policy-proposals/12/refusal", ok(PROPOSAL))
                .on("POST /policy-proposals/12/withdrawal", ok(PROPOSAL));

        assertThat(script().command("policy", "proposals").out()).contains("12", "waits", "山田", "年末");
        assertThat(script().command("policy", "approve", "12").out()).contains("Published: my-number revision 8.");
        assertThat(script().command("policy", "refuse", "12", "--reason", "too wide")
                        .out())
                .contains("Refused: proposal 12.");
        assertThat(server.asked().getLast().body()).isEqualTo("{\"reason\":\"too wide\"}");
        assertThat(script().command("policy", "withdraw", "12").out()).contains("Withdrawn: proposal 12.");
        assertThat(script().command("policy", "refuse", "12").exit()).isEqualTo(2);
    }

    @Test
    void onesOwnIsRefusedByTheServerAndThatIsSaid() {
        server.on(
                "POST /policy-proposals/12/approval",
                StubServer.Answer.problem(
                        403, "{\"status\":403,\"code\":\"own-proposal\",\"detail\":\"Nobody decides\"}"));

        Run.Result result = script().command("policy", "approve", "12");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("Nobody decides");
    }

    @Test
    void aPilotIsTakenFurtherAndBack() {
        server.on(
                        "POST /policies/MY_NUMBER/8/stage",
                        ok("{\"segment\":\"MY_NUMBER\",\"revision\":8,\"stage\":{\"state\":\"STOPPED\"}}"))
                .on(
                        "POST /policies/MY_NUMBER/7/restoration",
                        StubServer.Answer.json(201, "{\"segment\":\"MY_NUMBER\",\"revision\":9}"));

        assertThat(script().command("policy", "stage", "my-number", "8", "--to", "stop", "--reason", "x")
                        .out())
                .contains("my-number revision 8: stopped.");
        assertThat(server.asked().getFirst().body()).isEqualTo("{\"state\":\"STOPPED\",\"reason\":\"x\"}");
        assertThat(script().command("policy", "restore", "my-number", "7", "--reason", "x")
                        .out())
                .contains("revision 9");
    }

    @Test
    void exportedFilesComeBackOnlyWhereTheyDiffer() throws Exception {
        server.on("GET /policies/MY_NUMBER/current", ok("{\"revision\":7,\"yaml\":\"segment: my-number\\n# なぜ\\n\"}"))
                .on("GET /policies/LGWAN/current", ok("{\"revision\":2,\"yaml\":\"segment: lgwan\\n\"}"))
                .on("POST /policies/check", ok(NOTHING_WRONG))
                .on("POST /policies/diff", ok("{\"needsConsent\":true,\"changes\":[]}"))
                .on("POST /policies", StubServer.Answer.json(202, PROPOSAL));
        Path folder = home.resolve("git");

        Run.Result exported = script().command("policy", "export", folder.toString());
        assertThat(exported.exit()).as(exported.err()).isZero();
        Path file = folder.resolve("my-number.yaml");
        assertThat(file).content().isEqualTo("segment: my-number\n# なぜ\n");
        assertThat(folder.resolve("internet.yaml")).doesNotExist();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(script().command("policy", "import", folder.toString(), "--reason", "git")
                        .err())
                .contains("Nothing to publish");

        Files.writeString(file, "segment: my-number\nname: new\n");
        assertThat(script().command("policy", "import", folder.toString(), "--reason", "git", "--dry-run")
                        .out())
                .contains("my-number loosens, and would wait");
        assertThat(server.lines()).noneMatch(line -> line.equals("POST /api/v1/policies"));
        assertThat(script().command("policy", "import", folder.toString(), "--reason", "git")
                        .out())
                .contains("proposal 12 loosens");
        assertThat(server.asked().getLast().body()).contains("\"expectedCurrent\":7");
    }

    @Test
    void aBrokenFileKeepsAllFromBeingPublished() throws Exception {
        Path folder = Files.createDirectories(home.resolve("git"));
        Files.writeString(folder.resolve("my-number.yaml"), "segment: my-number\n");
        Files.writeString(folder.resolve("lgwan.yaml"), "nonsense\n");
        server.on(
                        "POST /policies/check",
                        ok(NOTHING_WRONG),
                        ok(
                                "{\"findings\":[{\"severity\":\"ERROR\",\"code\":\"x\",\"line\":1,\"column\":1,\"message\":{\"ja\":\"だめ\",\"en\":\"no\"}}]}"))
                .on("POST /policies/diff", ok("{\"needsConsent\":false,\"changes\":[]}"));

        Run.Result result = script().command("policy", "import", folder.toString(), "--reason", "git");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("lgwan.yaml:1:1", "Nothing was published");
        assertThat(server.lines()).noneMatch(line -> line.equals("POST /api/v1/policies"));
        assertThat(script().command("policy", "import", home.resolve("none").toString(), "--reason", "x")
                        .exit())
                .isEqualTo(2);
    }
}
