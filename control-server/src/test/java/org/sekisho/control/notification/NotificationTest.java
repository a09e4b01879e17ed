package org.sekisho.control.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.Api.Answer;
import org.sekisho.control.testing.ServerUnderTest;
import org.sekisho.control.testing.TestJournal;
import org.sekisho.control.testing.TestTerminal;
import org.sekisho.v1.Severity;
import org.sekisho.v1.Verdict;

/** Telling people, through a real mail server over TLS. */
@QuarkusTest
@QuarkusTestResource(ServerUnderTest.class)
class NotificationTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String PASSWORD = "mail-secret-9f2c";

    @Inject
    Jdbi jdbi;

    @TempDir
    static Path folder;

    private final Api api = Api.administrator();
    private final String bureau = "通知部" + UUID.randomUUID();
    private final TestTerminal terminal = TestTerminal.enrolIn(api, bureau);
    private final TestJournal journal = TestJournal.of(terminal);
    private final String person = "person-" + UUID.randomUUID();
    private GreenMail mail;

    /** Once: GreenMail reads its key once in the life of a JVM. */
    @BeforeAll
    static void makeKeys() throws Exception {
        run(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=localhost",
                "-addext",
                "subjectAltName=DNS:localhost",
                "-keyout",
                file("key.pem"),
                "-out",
                file("cert.pem"));
        run(
                "openssl",
                "pkcs12",
                "-export",
                "-in",
                file("cert.pem"),
                "-inkey",
                file("key.pem"),
                "-passout",
                "pass:changeit",
                "-out",
                file("server.p12"));
        System.setProperty("greenmail.tls.keystore.file", file("server.p12"));
        System.setProperty("greenmail.tls.keystore.password", "changeit");
    }

    @BeforeEach
    void startMail() {
        mail = new GreenMail(new ServerSetup(0, "localhost", ServerSetup.PROTOCOL_SMTPS));
        mail.setUser("sekisho@city.example", "sekisho", PASSWORD);
        mail.start();
    }

    @AfterEach
    void stopMail() {
        mail.stop();
        jdbi.useHandle(handle -> {
            handle.execute("DELETE FROM notification_subscription");
            handle.execute("DELETE FROM mail_server");
        });
    }

    @Test
    void anIncidentIsToldByMailWithoutAnythingPersonal() throws Exception {
        setServer("TLS", port(), anchor());
        String id = subscribe(Map.of("leastSeverity", "LOW", "branch", bureau));
        subscribe(Map.of("address", "other@city.example", "branch", "別の部"));
        subscribe(Map.of("address", "critical@city.example", "leastSeverity", "CRITICAL"));

        long incident = incident();

        await().atMost(PATIENCE).until(() -> subscription(id).get("delivered").asInt() == 1);
        MimeMessage[] received = mail.getReceivedMessages();
        assertThat(received).hasSize(1);
        assertThat(received[0].getAllRecipients()[0].toString()).isEqualTo("csirt@city.example");
        assertThat(received[0].getSubject()).isEqualTo("[関所] お知らせ 1 件（重大度 中）");
        assertThat(received[0].getContent().toString())
                .contains("/incidents/" + incident, "新しいインシデント")
                .doesNotContain(person)
                .doesNotContain(terminal.id())
                .doesNotContain(bureau);
    }

    @Test
    void whatIsOverdueIsToldOnce() throws Exception {
        setServer("TLS", port(), anchor());
        long incident = incident();
        String id = subscribe(Map.of(
                "leastSeverity", "LOW", "branch", bureau, "topics", List.of("INCIDENT_OVERDUE"), "language", "en"));
        jdbi.useHandle(handle ->
                handle.execute("UPDATE incident SET due_at = now() - interval '1 minute' WHERE id = ?", incident));

        await().atMost(PATIENCE).until(() -> subscription(id).get("delivered").asInt() == 1);
        assertThat(mail.getReceivedMessages()[0].getSubject()).isEqualTo("[Sekisho] 1 notices (severity medium)");
        Integer notices = jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT count(*) FROM notice WHERE topic = 'INCIDENT_OVERDUE' AND subject = :id")
                .bind("id", String.valueOf(incident))
                .mapTo(Integer.class)
                .one());
        assertThat(notices).isEqualTo(1);
    }

    @Test
    void anAlarmIsTold() throws Exception {
        setServer("TLS", port(), anchor());
        String id = subscribe(Map.of("topics", List.of("ALARM"), "leastSeverity", "HIGH", "branch", bureau));
        jdbi.useHandle(handle -> handle.execute("""
                        INSERT INTO alarm (terminal, kind, channel, since, raised_at)
                        VALUES (?, 'CHANNEL', 1, now(), now()), (?, 'SILENT', 0, now(), now())""", terminal.id(), terminal.id()));

        await().atMost(PATIENCE).until(() -> subscription(id).get("delivered").asInt() == 1);
        assertThat(mail.getReceivedMessages()[0].getContent().toString())
                .contains("端末の持ち出し経路が守られていません", "/alarms")
                .doesNotContain("応答がありません");
    }

    @Test
    void aServerThatIsAwayIsTriedAgain() throws Exception {
        int port = port();
        setServer("TLS", port, anchor());
        mail.stop();
        String id = subscribe(Map.of("leastSeverity", "LOW", "branch", bureau));
        incident();
        await().atMost(PATIENCE).until(() -> subscription(id).get("failures").asInt() > 0);
        assertThat(subscription(id).get("failure").asText()).isNotEmpty().doesNotContain(PASSWORD);

        mail = new GreenMail(new ServerSetup(port, "localhost", ServerSetup.PROTOCOL_SMTPS));
        mail.setUser("sekisho@city.example", "sekisho", PASSWORD);
        mail.start();

        await().atMost(PATIENCE).until(() -> subscription(id).get("delivered").asInt() == 1);
        assertThat(subscription(id).get("failures").asInt()).isZero();
    }

    @Test
    void nothingIsSentInClearOrToAStranger() throws Exception {
        GreenMail plain = new GreenMail(new ServerSetup(0, "localhost", ServerSetup.PROTOCOL_SMTP));
        plain.start();
        try {
            setServer("STARTTLS", plain.getSmtp().getPort(), anchor());
            assertThat(test().get("taken").asBoolean()).isFalse();
            assertThat(test().get("failure").asText()).contains("STARTTLS");
            assertThat(plain.getReceivedMessages()).isEmpty();
        } finally {
            plain.stop();
        }
        setServer("TLS", port(), null);
        assertThat(test().get("taken").asBoolean()).isFalse();
        assertThat(mail.getReceivedMessages()).isEmpty();
        // The same server, known: the guard is what kept the mail back.
        setServer("TLS", port(), anchor());
        assertThat(test()).isEqualTo(test());
        assertThat(test().get("taken").asBoolean()).isTrue();
    }

    @Test
    void aKeptPasswordGoesToNoOtherServer() throws Exception {
        JsonNode server = setServer("TLS", port(), anchor());
        Map<String, Object> elsewhere = new HashMap<>(server("TLS", 1, anchor()));
        elsewhere.put("version", server.get("version"));
        elsewhere.remove("password");
        assertThat(api.put("/api/v1/mail-server", elsewhere).status()).isEqualTo(400);
        assertThat(api.get("/api/v1/mail-server").json().get("port").asInt()).isEqualTo(port());

        elsewhere.put("password", "another");
        assertThat(api.put("/api/v1/mail-server", elsewhere).status()).isEqualTo(200);
    }

    @Test
    void aSecretThatCannotBeOpenedKeepsNobodyElseFromHearing() throws Exception {
        setServer("TLS", port(), anchor());
        String broken =
                subscribe(Map.of("transport", "WEBHOOK", "address", "https://localhost:1/hook", "branch", bureau));
        jdbi.useHandle(handle -> handle.execute(
                "UPDATE notification_subscription SET secret = decode('00', 'hex') WHERE id = ?::uuid", broken));
        String whole = subscribe(Map.of("branch", bureau));
        incident();

        await().atMost(PATIENCE)
                .until(() -> subscription(whole).get("delivered").asInt() == 1);
        await().atMost(PATIENCE)
                .until(() -> subscription(broken).get("failures").asInt() > 0);
        assertThat(subscription(broken).get("delivered").asInt()).isZero();
    }

    @Test
    void secretsAreNeitherGivenOutNorKeptInClear() throws Exception {
        JsonNode server = setServer("TLS", port(), anchor());
        assertThat(server.get("hasPassword").asBoolean()).isTrue();
        JsonNode hook = api.post(
                        "/api/v1/notification-subscriptions",
                        wanted(Map.of("transport", "WEBHOOK", "address", "https://localhost:1/hook")))
                .json();
        String secret = hook.get("secret").asText();
        assertThat(secret).isNotEmpty();

        assertThat(api.get("/api/v1/mail-server").json().toString()).doesNotContain(PASSWORD);
        assertThat(api.get("/api/v1/notification-subscriptions").json().toString())
                .doesNotContain(secret);
        for (String stored : List.of(
                "SELECT string_agg(m::text, ' ') FROM mail_server m",
                "SELECT string_agg(s::text, ' ') FROM notification_subscription s",
                "SELECT string_agg(a::text, ' ') FROM audit_entry a")) {
            String all = jdbi.withHandle(
                    handle -> handle.createQuery(stored).mapTo(String.class).one());
            assertThat(all)
                    .doesNotContain(PASSWORD)
                    .doesNotContain(hex(PASSWORD))
                    .doesNotContain(secret)
                    .doesNotContain(hex(secret));
        }
        // Left out, the password stays; whoever was slower changes nothing.
        Map<String, Object> change = new HashMap<>(server("TLS", port(), anchor()));
        change.remove("password");
        change.put("version", server.get("version"));
        assertThat(api.put("/api/v1/mail-server", change)
                        .json()
                        .get("hasPassword")
                        .asBoolean())
                .isTrue();
        assertThat(api.put("/api/v1/mail-server", change).status()).isEqualTo(409);
        assertThat(test().get("taken").asBoolean()).isTrue();
    }

    @Test
    void whatCannotWorkIsRefused() {
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                Map.of("address", "no address"),
                Map.of("address", "nobody"),
                Map.of("transport", "WEBHOOK", "address", "http://host/"),
                Map.of("transport", "WEBHOOK", "address", "https://me:secret@host/"),
                Map.of("topics", List.of()),
                Map.of("leastSeverity", "WORST"))) {
            assertThat(api.post("/api/v1/notification-subscriptions", wanted(wrong))
                            .status())
                    .as("%s", wrong)
                    .isEqualTo(400);
        }
        assertThat(api.get("/api/v1/mail-server").status()).isEqualTo(404);
        assertThat(api.post("/api/v1/mail-server/test", Map.of("address", "a@city.example"))
                        .status())
                .isEqualTo(422);
    }

    private long incident() {
        try (TestTerminal.Stream stream = terminal.connect(journal)) {
            stream.events(List.of(
                    journal.add(event -> event.setAttempt(TestJournal.paste(person, Verdict.BLOCK, Severity.MEDIUM)))));
            stream.awaitAck(journal.head().seq());
        }
        return api.get("/api/v1/incidents?terminal=" + terminal.id())
                .json()
                .at("/items/0/id")
                .asLong();
    }

    private JsonNode setServer(String security, int port, @Nullable String anchor) {
        Map<String, Object> server = new HashMap<>(server(security, port, anchor));
        Answer before = api.get("/api/v1/mail-server");
        server.put(
                "version",
                before.status() == 404 ? 0 : before.json().get("version").asLong());
        Answer answer = api.put("/api/v1/mail-server", server);
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(200);
        return answer.json();
    }

    private static Map<String, Object> server(String security, int port, @Nullable String anchor) {
        Map<String, Object> server = new HashMap<>(Map.of(
                "host",
                "localhost",
                "port",
                port,
                "security",
                security,
                "user",
                "sekisho",
                "password",
                PASSWORD,
                "sender",
                "sekisho@city.example"));
        if (anchor != null) {
            server.put("anchor", anchor);
        }
        return server;
    }

    private JsonNode test() {
        return api.post("/api/v1/mail-server/test", Map.of("address", "a@city.example"))
                .json();
    }

    private String subscribe(Map<String, Object> changes) {
        Answer made = api.post("/api/v1/notification-subscriptions", wanted(changes));
        assertThat(made.status()).as("%s", made.json()).isEqualTo(201);
        return made.json().at("/subscription/id").asText();
    }

    private static Map<String, Object> wanted(Map<String, Object> changes) {
        Map<String, Object> wanted = new HashMap<>(Map.of(
                "name", "n" + UUID.randomUUID(),
                "transport", "MAIL",
                "address", "csirt@city.example",
                "topics", List.of("INCIDENT_OPENED"),
                "leastSeverity", "LOW",
                "language", "ja"));
        wanted.putAll(changes);
        return wanted;
    }

    private JsonNode subscription(String id) {
        for (JsonNode one : api.get("/api/v1/notification-subscriptions").json().get("items")) {
            if (one.get("id").asText().equals(id)) {
                return one;
            }
        }
        throw new AssertionError("there is no subscription " + id);
    }

    private int port() {
        return mail.getSmtps().getPort();
    }

    private static String anchor() throws Exception {
        return Files.readString(folder.resolve("cert.pem"));
    }

    private static String hex(String text) {
        return java.util.HexFormat.of().formatHex(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static String file(String name) {
        return folder.resolve(name).toString();
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }
}
