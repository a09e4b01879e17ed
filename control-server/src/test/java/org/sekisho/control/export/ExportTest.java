package org.sekisho.control.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.control.event.ArrivalMark;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.ServerUnderTest;
import org.sekisho.control.testing.TestHook;
import org.sekisho.control.testing.TestJournal;
import org.sekisho.control.testing.TestKeys;
import org.sekisho.control.testing.TestTerminal;

@QuarkusTest
@QuarkusTestResource(ServerUnderTest.class)
class ExportTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    /** As in {@code ExportWorker}: after a failure this many may come twice. */
    private static final int BATCH = 500;

    private static final Pattern UID = Pattern.compile("uid=\"([^\"]+)\"");

    @Inject
    Jdbi jdbi;

    @TempDir
    Path folder;

    private final Api api = Api.administrator();
    private final TestTerminal terminal = TestTerminal.enrol(api);
    private final TestJournal journal = TestJournal.of(terminal);

    @Test
    void aRealSyslogServerLosesNothingWhenItIsKilled() throws Exception {
        try (Rsyslog rsyslog = new Rsyslog(folder)) {
            rsyslog.start();
            String id = create("SYSLOG", "PLAIN", rsyslog.address(), rsyslog.anchor())
                    .at("/destination/id")
                    .asText();
            send(300);
            await().atMost(PATIENCE).until(() -> counts(rsyslog).size() == 300);

            rsyslog.kill();
            send(700);
            await().atMost(PATIENCE).until(() -> destination(id).get("failures").asInt() > 0);
            assertThat(destination(id).get("failure").asText()).isNotBlank();
            assertThat(destination(id).get("waiting").asInt()).isGreaterThanOrEqualTo(700);
            rsyslog.start();
            await().atMost(PATIENCE).until(() -> counts(rsyslog).size() == 1_000);
            // In the middle of a delivery, whatever it has taken of it.
            send(2_000);
            await().atMost(PATIENCE).until(() -> counts(rsyslog).size() > 1_000);
            rsyslog.kill();
            rsyslog.start();
            await().atMost(PATIENCE).until(() -> counts(rsyslog).size() == 3_000);

            Map<String, Integer> counts = counts(rsyslog);
            assertThat(counts.keySet()).isEqualTo(uids(3_000));
            assertThat(counts.values().stream().mapToInt(count -> count - 1).sum())
                    .as("come twice: one batch a kill at most")
                    .isLessThanOrEqualTo(2 * BATCH);
            await().atMost(PATIENCE).until(() -> destination(id).get("waiting").asInt() == 0);
            assertThat(destination(id).get("failures").asInt()).isZero();
            assertThat(api.delete("/api/v1/export-destinations/" + id).status()).isBetween(200, 204);
        }
    }

    @Test
    void aReceiverWithAnotherCertificateGetsNothing() throws Exception {
        try (Rsyslog rsyslog = new Rsyslog(folder)) {
            rsyslog.start();
            // Java's own authorities don't know it.
            String id = create("SYSLOG", "CEF", rsyslog.address(), null)
                    .at("/destination/id")
                    .asText();
            send(1);
            await().atMost(PATIENCE).until(() -> destination(id).get("failures").asInt() > 0);
            assertThat(rsyslog.received()).isEmpty();
            assertThat(api.delete("/api/v1/export-destinations/" + id).status()).isBetween(200, 204);
        }
    }

    @Test
    void aWebhookIsSignedAndTriedAgain() throws Exception {
        TestKeys keys = TestKeys.in(folder);
        try (TestHook hook = TestHook.start(keys, 503)) {
            JsonNode made = create("WEBHOOK", "OCSF", hook.address(), keys.anchor());
            String id = made.at("/destination/id").asText();
            String secret = made.get("secret").asText();
            assertThat(api.get("/api/v1/export-destinations").json().toString()).doesNotContain(secret);
            String stored = jdbi.withHandle(
                    handle -> handle.createQuery("SELECT string_agg(d::text, ' ') FROM export_destination d")
                            .mapTo(String.class)
                            .one());
            assertThat(stored)
                    .doesNotContain(secret)
                    .doesNotContain(HexFormat.of().formatHex(secret.getBytes(StandardCharsets.UTF_8)));
            String locked = create("WEBHOOK", "OCSF", "https://localhost:1/events", keys.anchor())
                    .at("/destination/id")
                    .asText();
            // Paused meanwhile, so that no worker has read its key before.
            assertThat(change(locked, false, destination(locked).get("version").asLong()))
                    .isEqualTo(200);
            jdbi.useHandle(handle -> handle.execute(
                    "UPDATE export_destination SET secret = decode('00', 'hex') WHERE id = ?",
                    UUID.fromString(locked)));
            assertThat(change(locked, true, destination(locked).get("version").asLong()))
                    .isEqualTo(200);
            send(3);

            await().atMost(PATIENCE)
                    .until(() -> destination(id).get("delivered").asInt() >= 3);
            await().atMost(PATIENCE)
                    .until(() -> destination(locked).path("failure").asText().contains("secrets.key"));
            assertThat(api.delete("/api/v1/export-destinations/" + locked).status())
                    .isBetween(200, 204);
            TestHook.Post first = hook.taken().getFirst();
            assertThat(first.isSignedBy(secret)).isTrue();
            assertThat(first.isSignedBy(SignedPost.newSecret())).isFalse();
            assertThat(first.text()).startsWith("[{").contains(terminal.id());

            JsonNode before = destination(id);
            assertThat(change(id, false, before.get("version").asLong() + 5)).isEqualTo(409);
            assertThat(change(id, false, before.get("version").asLong())).isEqualTo(200);
            assertThat(destination(id).get("enabled").asBoolean()).isFalse();
            assertThat(api.delete("/api/v1/export-destinations/" + id).status()).isBetween(200, 204);
        }
    }

    @Test
    void whatIsCommittedLateIsNotPassedOver() {
        ArrivalMark mark = new ArrivalMark();
        try (Handle slow = jdbi.open();
                Handle quick = jdbi.open();
                Handle reader = jdbi.open()) {
            slow.begin();
            // As ingest: it has written before it draws its number.
            slow.execute("SELECT pg_current_xact_id()");
            long late = draw(slow);
            quick.begin();
            quick.execute("SELECT pg_current_xact_id()");
            long early = draw(quick);
            quick.commit();

            assertThat(early).isGreaterThan(late);
            assertThat(mark.settled(reader)).isLessThan(late << 16);
            slow.commit();
            await().atMost(PATIENCE).until(() -> mark.settled(reader) >= (early << 16));
        }
    }

    @Test
    void whatCannotWorkIsRefused() {
        for (Map<String, String> wrong : List.of(
                Map.of("transport", "SYSLOG", "format", "PLAIN", "address", "host"),
                Map.of("transport", "SYSLOG", "format", "PLAIN", "address", "host:70000"),
                Map.of("transport", "WEBHOOK", "format", "OCSF", "address", "http://host/"),
                Map.of("transport", "WEBHOOK", "format", "OCSF", "address", "https://me:secret@host/"),
                Map.of("transport", "WEBHOOK", "format", "CEF", "address", "https://host/"),
                Map.of("transport", "SYSLOG", "format", "PLAIN", "address", "host:6514", "anchor", "no PEM"))) {
            Map<String, String> body = new HashMap<>(wrong);
            body.put("name", "n" + UUID.randomUUID());
            assertThat(api.post("/api/v1/export-destinations", body).status())
                    .as("%s", wrong)
                    .isEqualTo(400);
        }
    }

    private static long draw(Handle handle) {
        return handle.createQuery("SELECT nextval('event_commit')")
                .mapTo(Long.class)
                .one();
    }

    private JsonNode create(
            String transport, String format, String address, @org.jspecify.annotations.Nullable String anchor) {
        Map<String, String> body = new HashMap<>(
                Map.of("name", "n" + UUID.randomUUID(), "transport", transport, "format", format, "address", address));
        if (anchor != null) {
            body.put("anchor", anchor);
        }
        Api.Answer answer = api.post("/api/v1/export-destinations", body);
        assertThat(answer.status()).isEqualTo(201);
        return answer.json();
    }

    private JsonNode destination(String id) {
        for (JsonNode item : api.get("/api/v1/export-destinations").json().get("items")) {
            if (item.get("id").asText().equals(id)) {
                return item;
            }
        }
        throw new AssertionError("there is no destination " + id);
    }

    private int change(String id, boolean enabled, long version) {
        return api.patch("/api/v1/export-destinations/" + id, Map.of("enabled", enabled, "version", version))
                .status();
    }

    private void send(int events) {
        try (TestTerminal.Stream stream = terminal.connect(journal)) {
            for (int sent = 0; sent < events; sent += BATCH) {
                stream.events(journal.pastes(Math.min(BATCH, events - sent)));
                stream.awaitAck(journal.head().seq());
            }
        }
    }

    /** How often each event of this test's terminal came. */
    private Map<String, Integer> counts(Rsyslog rsyslog) throws java.io.IOException {
        Map<String, Integer> counts = new HashMap<>();
        for (String line : rsyslog.received()) {
            Matcher uid = UID.matcher(line);
            if (uid.find() && uid.group(1).startsWith(terminal.id() + "/")) {
                counts.merge(uid.group(1), 1, Integer::sum);
            }
        }
        return counts;
    }

    private Set<String> uids(int count) {
        Set<String> uids = new HashSet<>();
        for (int seq = 1; seq <= count; seq++) {
            uids.add(terminal.id() + "/0/" + seq);
        }
        return uids;
    }
}
