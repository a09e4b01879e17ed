package org.sekisho.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SignInTest extends ServerTest {
    private static final String SESSION = """
            {"operator":{"id":"o-1","name":"山田 花子"},"roles":["administrator"],"csrf":"not-for-scripts","expiresAt":"2026-11-23T00:00:00Z"}
            """;

    @BeforeEach
    void session() {
        server.on("GET /session", ok(SESSION));
    }

    private Path profile() {
        return home.resolve(".config/sekisho/profile.json");
    }

    private Run.Result login() {
        return Run.in(home)
                .typing(TOKEN + "\n")
                .command("login", "--server", server.url(), "--ca", ca.toString(), "--with-token");
    }

    @Test
    void loginProvesTheTokenThenStoresItForTheOwnerOnly() throws IOException {
        Run.Result result = login();

        assertThat(result.exit()).isZero();
        assertThat(result.out()).contains("山田 花子 (administrator)").doesNotContain(TOKEN);
        assertThat(server.asked().getFirst().headers()).containsEntry("authorization", "Bearer " + TOKEN);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(profile())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(profile().getParent())))
                .isEqualTo("rwx------");
    }

    private static final String BEGUN = """
            {"deviceCode":"skd_device-secret","userCode":"BCDF-GHJK","verificationUri":"https://sekisho.example/device",
             "verificationUriComplete":"https://sekisho.example/device?code=BCDF-GHJK","expiresIn":600,"interval":1}
            """;

    private static StubServer.Answer not(String code) {
        return StubServer.Answer.problem(400, "{\"status\":400,\"code\":\"" + code + "\"}");
    }

    private Run.Result loginByApproval() {
        return Run.in(home).command("login", "--server", server.url(), "--ca", ca.toString());
    }

    @Test
    void loginShowsACodeAndWaitsForApproval() throws IOException {
        server.on("POST /device/authorization", ok(BEGUN));
        server.on(
                "POST /device/token",
                not("authorization_pending"),
                ok("{\"token\":\"" + TOKEN + "\",\"operator\":\"x\"}"));

        Run.Result result = loginByApproval();

        assertThat(result.exit()).isZero();
        assertThat(result.err())
                .contains("https://sekisho.example/device?code=BCDF-GHJK", "the code BCDF-GHJK")
                .doesNotContain("device-secret", TOKEN);
        assertThat(result.out()).contains("山田 花子 (administrator)").doesNotContain("device-secret", TOKEN);
        assertThat(server.lines())
                .containsExactly(
                        "POST /api/v1/device/authorization",
                        "POST /api/v1/device/token",
                        "POST /api/v1/device/token",
                        "GET /api/v1/session");
        assertThat(server.asked().getFirst().headers()).doesNotContainKey("authorization");
        assertThat(server.asked().getLast().headers()).containsEntry("authorization", "Bearer " + TOKEN);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(profile())))
                .isEqualTo("rw-------");
    }

    @Test
    void aRefusalAtTheConsoleAndALapseAreSaid() {
        server.on("POST /device/authorization", ok(BEGUN));
        server.on("POST /device/token", not("access_denied"));
        assertThat(loginByApproval().err()).contains("refused to let this command in");

        server.on("POST /device/token", not("expired_token"));
        Run.Result lapsed = loginByApproval();
        assertThat(lapsed.exit()).isEqualTo(1);
        assertThat(lapsed.err()).contains("Nobody let this command in");

        server.on("POST /device/authorization", ok(BEGUN.replace("600", "1")));
        server.on("POST /device/token", not("authorization_pending"));
        assertThat(loginByApproval().exit()).isEqualTo(1);
        assertThat(profile()).doesNotExist();
    }

    @Test
    void aRefusedTokenIsNotStored() {
        server.on("GET /session", StubServer.Answer.problem(401, "{\"status\":401,\"title\":\"Unauthorized\"}"));

        Run.Result result = login();

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("the token is not valid").doesNotContain(TOKEN);
        assertThat(profile()).doesNotExist();
    }

    @Test
    void theTokenIsAskedForWhereThereIsATerminal() {
        Run.Result result = Run.in(home)
                .answering(TOKEN)
                .command("login", "--server", server.url(), "--ca", ca.toString(), "--with-token");

        assertThat(result.exit()).isZero();
        assertThat(server.asked().getFirst().headers()).containsEntry("authorization", "Bearer " + TOKEN);
    }

    @Test
    void aTokenFileThatOthersCanReadIsRefused() throws IOException {
        Path file = Files.writeString(home.resolve("token"), TOKEN);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        Run.Result result = Run.in(home)
                .command("login", "--server", server.url(), "--ca", ca.toString(), "--token-file", file.toString());

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains("chmod 600").doesNotContain(TOKEN);
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void aTokenFileOfItsOwnerAloneIsTaken() throws IOException {
        Path file = Files.writeString(home.resolve("token"), TOKEN + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        Run.Result result = Run.in(home)
                .command("login", "--server", server.url(), "--ca", ca.toString(), "--token-file", file.toString());

        assertThat(result.exit()).isZero();
    }

    @Test
    void theStoredSignInServesLaterCommands() {
        login();

        Run.Result result = Run.in(home).command("whoami");

        assertThat(result.exit()).isZero();
        assertThat(result.out()).isEqualTo("山田 花子 (administrator) at " + server.url() + System.lineSeparator());
    }

    @Test
    void aProfileThatOthersCanReadIsRefused() throws IOException {
        login();
        Files.setPosixFilePermissions(profile(), PosixFilePermissions.fromString("rw-r--r--"));

        Run.Result result = Run.in(home).command("whoami");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains("chmod 600");
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void theStoredTokenNeverGoesToAnotherServer() throws IOException {
        login();
        try (StubServer other = new StubServer(AUTHORITY)) {
            Run.Result result = Run.in(home).with("SEKISHO_SERVER", other.url()).command("whoami");

            assertThat(result.exit()).isEqualTo(2);
            assertThat(result.err()).contains("There is no token for " + other.url());
            assertThat(other.asked()).isEmpty();
        }
    }

    @Test
    void aServerOfAnotherAuthorityIsNotTalkedTo() throws IOException {
        try (StubServer impostor = new StubServer(new TestAuthority("Impostor"))) {
            Run.Result result = script().with("SEKISHO_SERVER", impostor.url()).command("whoami");

            assertThat(result.exit()).isEqualTo(2);
            assertThat(result.err()).contains("could not prove who it is");
            assertThat(impostor.asked()).isEmpty();
        }
    }

    @Test
    void plainHttpIsRefused() {
        Run.Result result =
                script().with("SEKISHO_SERVER", "http://localhost:1").command("whoami");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains("must look like https://");
    }

    @Test
    void logoutForgetsTheToken() {
        login();

        assertThat(Run.in(home).command("logout").exit()).isZero();

        assertThat(profile()).doesNotExist();
        assertThat(Run.in(home).command("whoami").err()).contains("Run `sekisho login`");
    }

    @Test
    void jsonHasNoCsrfToken() {
        Run.Result result = script().command("whoami", "-o", "json");

        assertThat(result.out()).contains("\"o-1\"").doesNotContain("not-for-scripts");
    }
}
