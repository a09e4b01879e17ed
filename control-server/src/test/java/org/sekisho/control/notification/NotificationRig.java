package org.sekisho.control.notification;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Inject;
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
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.Api.Answer;
import org.sekisho.control.testing.TestJournal;
import org.sekisho.control.testing.TestKeys;
import org.sekisho.control.testing.TestTerminal;
import org.sekisho.v1.Severity;
import org.sekisho.v1.Verdict;

/** A terminal of a division of its own, and whom to tell of it. */
abstract class NotificationRig {
    static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    static Path folder;

    static TestKeys keys;

    @Inject
    Jdbi jdbi;

    final Api api = Api.administrator();
    final String bureau = "通知部" + UUID.randomUUID();
    final TestTerminal terminal = TestTerminal.enrolIn(api, bureau);
    final TestJournal journal = TestJournal.of(terminal);
    final String person = "person-" + UUID.randomUUID();

    @BeforeAll
    static void makeKeys() throws Exception {
        keys = TestKeys.in(folder);
    }

    @AfterEach
    void tellNobody() {
        jdbi.useHandle(handle -> {
            handle.execute("DELETE FROM notification_subscription");
            handle.execute("DELETE FROM mail_server");
        });
    }

    long incident() {
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

    JsonNode setServer(String security, int port, @Nullable String anchor) {
        Map<String, Object> server = new HashMap<>(server(security, port, anchor));
        Answer before = api.get("/api/v1/mail-server");
        server.put(
                "version",
                before.status() == 404 ? 0 : before.json().get("version").asLong());
        Answer answer = api.put("/api/v1/mail-server", server);
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(200);
        return answer.json();
    }

    static Map<String, Object> server(String security, int port, @Nullable String anchor) {
        Map<String, Object> server = new HashMap<>(Map.of(
                "host",
                "localhost",
                "port",
                port,
                "security",
                security,
                "user",
                TestMailServer.USER,
                "password",
                TestMailServer.PASSWORD,
                "sender",
                "sekisho@city.example"));
        if (anchor != null) {
            server.put("anchor", anchor);
        }
        return server;
    }

    JsonNode test() {
        return api.post("/api/v1/mail-server/test", Map.of("address", "a@city.example"))
                .json();
    }

    String subscribe(Map<String, Object> changes) {
        Answer made = api.post("/api/v1/notification-subscriptions", wanted(changes));
        assertThat(made.status()).as("%s", made.json()).isEqualTo(201);
        return made.json().at("/subscription/id").asText();
    }

    static Map<String, Object> wanted(Map<String, Object> changes) {
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

    JsonNode subscription(String id) {
        for (JsonNode one : api.get("/api/v1/notification-subscriptions").json().get("items")) {
            if (one.get("id").asText().equals(id)) {
                return one;
            }
        }
        throw new AssertionError("there is no subscription " + id);
    }

    Answer change(String id, Map<String, Object> fields) {
        Map<String, Object> change = new HashMap<>(fields);
        change.putIfAbsent("version", subscription(id).get("version").asLong());
        return api.patch("/api/v1/notification-subscriptions/" + id, change);
    }

    static String anchor() throws Exception {
        return keys.anchor();
    }
}
