package org.sekisho.control.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.control.audit.AuditLog;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.Api.Answer;
import org.sekisho.control.testing.ServerUnderTest;

/** The first run as it is before anybody was appointed: who is there already is sent away for the test. */
@QuarkusTest
@QuarkusTestResource(ServerUnderTest.class)
class SetupTest {
    private static final String PATH = "/api/v1/setup";

    @Inject
    Jdbi jdbi;

    @Inject
    OperatorStore operators;

    @Inject
    TokenStore tokens;

    @Inject
    SetupLinks links;

    @Inject
    AuditLog audit;

    @TempDir
    Path folder;

    private final Api administrator = Api.administrator();
    private final Browser browser = new Browser();
    private final LogCapture log = new LogCapture();
    private List<UUID> away = List.of();
    private Path file;

    @BeforeEach
    void sendEverybodyAway() {
        file = folder.resolve("setup-link");
        away = jdbi.withHandle(handle -> handle.createQuery("UPDATE operator SET disabled_at = now()"
                        + " WHERE kind = 'PERSON' AND disabled_at IS NULL RETURNING id")
                .mapTo(UUID.class)
                .list());
        log.start();
    }

    @AfterEach
    void callThemBack() {
        log.stop();
        jdbi.useHandle(handle ->
                away.forEach(id -> handle.execute("UPDATE operator SET disabled_at = NULL WHERE id = ?", id)));
    }

    @Test
    void theServerItselfLeftALink() throws IOException {
        Path left = Path.of(Api.setting("sekisho.setup-link-file"));

        assertThat(permissions(left)).isEqualTo("rw-------");
        assertThat(Files.readString(left)).matches("https://\\S+/setup\\?token=skl_[A-Za-z0-9_-]{43}\\n");
    }

    @Test
    void theLinkMakesOneAdministratorOnce() throws IOException {
        String token = leaveLink();
        assertThat(valid(token)).isTrue();

        Answer answer = setUp(browser, token, name());

        assertThat(answer.status()).isEqualTo(200);
        JsonNode session = browser.get("/api/v1/session").json();
        assertThat(session.at("/roles/0").asText()).isEqualTo(Role.Name.ADMINISTRATOR);
        assertThat(browser.signIn().status()).isEqualTo(200);
        assertThat(valid(token)).isFalse();
        Answer again = setUp(browser, token, name());
        assertThat(again.status()).isEqualTo(403);
        assertThat(again.header("Content-Type")).startsWith("application/problem+json");
        assertThat(auditActions(browser.address())).containsExactly("session.open", "session.open", "setup.refuse");
        assertThat(new DatabaseSearch(jdbi).columnsWith(token)).isEmpty();
        assertThat(new DatabaseSearch(jdbi).columnsWith(browser.secret())).isEmpty();
        assertThat(log.text())
                .doesNotContain(token.substring(4), browser.secret().substring(4));
    }

    @Test
    void ofFiftyAtOnceExactlyOneIsSetUp() throws Exception {
        String token = leaveLink();
        Callable<Integer> race = () -> setUp(new Browser(), token, name()).status();
        try (ExecutorService pool = Executors.newFixedThreadPool(50)) {
            List<Integer> statuses = pool.invokeAll(Collections.nCopies(50, race)).stream()
                    .map(Future::resultNow)
                    .toList();
            assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 403);
        }
        assertThat(jdbi.<Integer, RuntimeException>withHandle(handle -> handle.createQuery(
                                "SELECT count(*) FROM operator WHERE kind = 'PERSON' AND disabled_at IS NULL")
                        .mapTo(Integer.class)
                        .one()))
                .isEqualTo(1);
    }

    @Test
    void aLinkIsVoidOnceAPersonExists() throws IOException {
        String token = leaveLink();
        TestOperator.appoint(administrator, Role.Name.AUDITOR);

        assertThat(valid(token)).isFalse();
        assertThat(setUp(browser, token, name()).status()).isEqualTo(403);
        // Nor does a restart leave another.
        run(Optional.of(file), Optional.empty());
        assertThat(file).doesNotExist();
    }

    @Test
    void aNewLinkVoidsTheOneBefore() throws IOException {
        String before = leaveLink();
        String now = leaveLink();

        assertThat(valid(before)).isFalse();
        assertThat(valid(now)).isTrue();
    }

    @Test
    void aPasskeyThatIsNoneLeavesTheLinkInForce() throws IOException {
        String token = leaveLink();
        browser.authenticator().verifying(false);

        assertThat(setUp(browser, token, name()).status()).isEqualTo(400);
        assertThat(valid(token)).isTrue();
        browser.authenticator().verifying(true);
        assertThat(setUp(browser, token, name()).status()).isEqualTo(200);
    }

    @Test
    void anExpiredLinkIsVoid() throws IOException {
        String token = leaveLink();
        jdbi.useHandle(handle ->
                handle.execute("UPDATE setup_link SET expires_at = now() - interval '1 second' WHERE used_at IS NULL"));

        assertThat(valid(token)).isFalse();
        assertThat(setUp(browser, token, name()).status()).isEqualTo(403);
    }

    @Test
    void aNameThatIsTakenOrIllegibleLeavesTheLinkInForce() throws IOException {
        String token = leaveLink();

        assertThat(setUp(browser, token, "installation").status()).isEqualTo(400);
        assertThat(setUp(browser, token, "-").status()).isEqualTo(400);
        assertThat(valid(token)).isTrue();
        assertThat(setUp(browser, token, name()).status()).isEqualTo(200);
    }

    @Test
    void theLinksFileIsItsOwnersAloneAndTheLogNamesItOnly() throws IOException {
        String token = leaveLink();

        assertThat(permissions(file)).isEqualTo("rw-------");
        assertThat(log.text()).contains(file.toString()).doesNotContain(token, token.substring(4));
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void theTokenForScriptsIsKeptOverARestart() throws IOException {
        Path tokenFile = folder.resolve("operator-token");
        run(Optional.empty(), Optional.of(tokenFile));
        String token = Files.readString(tokenFile).strip();
        run(Optional.empty(), Optional.of(tokenFile));

        assertThat(Files.readString(tokenFile).strip()).isEqualTo(token);
        assertThat(permissions(tokenFile)).isEqualTo("rw-------");
        assertThat(administrator.as(token).get("/api/v1/session").status()).isEqualTo(200);
        assertThat(log.text()).doesNotContain(token.substring(4));
    }

    @Test
    void aTokenForScriptsThatOthersCouldReadIsReplaced() throws IOException {
        Path tokenFile = folder.resolve("operator-token");
        run(Optional.empty(), Optional.of(tokenFile));
        String seen = Files.readString(tokenFile).strip();
        Files.setPosixFilePermissions(tokenFile, PosixFilePermissions.fromString("rw-r--r--"));
        run(Optional.empty(), Optional.of(tokenFile));

        String fresh = Files.readString(tokenFile).strip();
        assertThat(fresh.equals(seen)).isFalse();
        assertThat(permissions(tokenFile)).isEqualTo("rw-------");
        assertThat(administrator.as(seen).get("/api/v1/session").status()).isEqualTo(401);
        assertThat(administrator.as(fresh).get("/api/v1/session").status()).isEqualTo(200);
        assertThat(log.text()).contains(tokenFile.toString()).doesNotContain(seen.substring(4), fresh.substring(4));
    }

    private String leaveLink() throws IOException {
        run(Optional.of(file), Optional.empty());
        String link = Files.readString(file).strip();
        return link.substring(link.indexOf('=') + 1);
    }

    private void run(Optional<Path> setupLinkFile, Optional<Path> operatorTokenFile) {
        FirstRun start = new FirstRun(
                operators, tokens, links, audit, setupLinkFile, operatorTokenFile, "https://sekisho.example");
        QuarkusTransaction.requiringNew().run(() -> start.prepare(new StartupEvent()));
    }

    private boolean valid(String token) {
        return new LoopbackClient()
                .get(PATH + "?token=" + token)
                .json()
                .get("valid")
                .asBoolean();
    }

    private static Answer setUp(Browser browser, String token, String name) {
        return browser.setUp(token, name);
    }

    private static String name() {
        return "first-" + UUID.randomUUID();
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private List<String> auditActions(String target) {
        return jdbi.withHandle(
                handle -> handle.createQuery("SELECT action FROM audit_entry WHERE target = :target ORDER BY seq")
                        .bindMap(Map.of("target", target))
                        .mapTo(String.class)
                        .list());
    }
}
