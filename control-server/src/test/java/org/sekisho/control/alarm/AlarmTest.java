package org.sekisho.control.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.ServerUnderTest;
import org.sekisho.control.testing.TestJournal;
import org.sekisho.control.testing.TestTerminal;
import org.sekisho.v1.Channel;
import org.sekisho.v1.ChannelMode;
import org.sekisho.v1.ChannelState;
import org.sekisho.v1.ClockJumped;
import org.sekisho.v1.Heartbeat;
import org.sekisho.v1.JournalState;
import org.sekisho.v1.Loss;
import org.sekisho.v1.LossCause;
import org.sekisho.v1.Status;
import org.sekisho.v1.TerminalMessage;

@QuarkusTest
@QuarkusTestResource(ServerUnderTest.class)
class AlarmTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final Api administrator = Api.administrator();

    @Inject
    Jdbi jdbi;

    @Inject
    AlarmWatch watch;

    private List<JsonNode> of(String terminal, String state) {
        JsonNode items = administrator
                .get("/api/v1/alarms?terminal=" + terminal + "&state=" + state)
                .json()
                .get("items");
        return java.util.stream.StreamSupport.stream(items.spliterator(), false).toList();
    }

    private JsonNode awaitOne(String terminal, String state) {
        await().atMost(SOON).until(() -> of(terminal, state).size() == 1);
        return of(terminal, state).getFirst();
    }

    private void lastHeard(String terminal, String ago) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "UPDATE terminal SET last_contact_at = now() - :ago::interval WHERE id = :id")
                .bind("ago", ago)
                .bind("id", terminal)
                .execute());
    }

    private void look() {
        jdbi.useTransaction(watch::look);
    }

    @Test
    void silenceIsAnAlarmUntilTheTerminalIsHeardOf() {
        String terminal = TestTerminal.enrol(administrator).id();
        lastHeard(terminal, "1 hour");
        look();
        assertThat(of(terminal, "OPEN")).as("an hour is no silence").isEmpty();

        lastHeard(terminal, "30 days");
        look();
        JsonNode alarm = awaitOne(terminal, "OPEN");
        assertThat(alarm.get("kind").asText()).isEqualTo("SILENT");
        assertThat(administrator
                        .get("/api/v1/terminals/" + terminal)
                        .json()
                        .get("alarms")
                        .asInt())
                .isEqualTo(1);
        assertThat(administrator
                        .get("/api/v1/terminals?standing=ALARMED&q=" + terminal)
                        .json()
                        .get("items"))
                .hasSize(1);

        lastHeard(terminal, "0");
        look();
        assertThat(of(terminal, "OPEN")).isEmpty();
        assertThat(awaitOne(terminal, "CLEARED").get("id")).isEqualTo(alarm.get("id"));
    }

    @Test
    void patienceIsASetting() {
        String terminal = TestTerminal.enrol(administrator).id();
        lastHeard(terminal, "2 hours");
        JsonNode before = administrator.get("/api/v1/alarm-settings").json();
        try {
            assertThat(change(Map.of("silentMinutes", 60, "workingHoursOnly", false))
                            .status())
                    .isEqualTo(200);
            look();
            assertThat(of(terminal, "OPEN")).hasSize(1);

            assertThat(administrator.put("/api/v1/alarm-settings", before).status())
                    .as("an older version")
                    .isEqualTo(409);
            assertThat(change(Map.of("zone", "Asia/Nagaoka")).status()).isEqualTo(400);
            assertThat(change(Map.of("workingUntil", "08:00")).status()).isEqualTo(400);
        } finally {
            change(Map.of(
                    "silentMinutes", before.get("silentMinutes").asInt(),
                    "workingHoursOnly", before.get("workingHoursOnly").asBoolean()));
        }
        look();
        assertThat(of(terminal, "OPEN")).isEmpty();
    }

    private Api.Answer change(Map<String, Object> changes) {
        Map<String, Object> settings = new java.util.TreeMap<>(changes);
        administrator
                .get("/api/v1/alarm-settings")
                .json()
                .properties()
                .forEach(field -> settings.putIfAbsent(field.getKey(), field.getValue()));
        return administrator.put("/api/v1/alarm-settings", settings);
    }

    /** Both transactions look before either has committed, as two servers on one database may. */
    @Test
    void twoServersRaiseOne() throws Exception {
        String terminal = TestTerminal.enrol(administrator).id();
        lastHeard(terminal, "30 days");
        CompletableFuture<Void> other;
        try (Handle handle = jdbi.open()) {
            handle.begin();
            watch.look(handle);
            other = CompletableFuture.runAsync(this::look);
            handle.commit();
        }
        other.get(30, TimeUnit.SECONDS);

        assertThat(of(terminal, "OPEN")).hasSize(1);
        assertThat(of(terminal, "CLEARED")).isEmpty();
    }

    @Test
    void aJumpOfTheClockEndsWithAHeartbeatThatShowsItRight() {
        TestTerminal terminal = TestTerminal.enrol(administrator);
        TestJournal journal = TestJournal.of(terminal);
        try (TestTerminal.Stream stream = terminal.connect(journal)) {
            stream.events(List.of(journal.add(
                    event -> event.setClockJumped(ClockJumped.newBuilder().setJumpMillis(-7_200_000)))));
            stream.awaitAck(1);
            JsonNode alarm = awaitOne(terminal.id(), "OPEN");
            assertThat(alarm.get("kind").asText()).isEqualTo("CLOCK");
            assertThat(alarm.get("amount").asLong()).isEqualTo(-7_200_000);

            stream.send(heartbeat(System.currentTimeMillis() - 7_200_000));
            await().atMost(SOON).until(() -> skew(terminal) < -7_000_000);
            look();
            assertThat(of(terminal.id(), "OPEN")).as("still two hours behind").hasSize(1);

            stream.send(heartbeat(System.currentTimeMillis()));
            await().atMost(SOON).until(() -> Math.abs(skew(terminal)) < 60_000);
            look();
            assertThat(of(terminal.id(), "OPEN")).isEmpty();
        }
    }

    private long skew(TestTerminal terminal) {
        return jdbi.withHandle(
                handle -> handle.createQuery("SELECT coalesce(clock_skew, 0) FROM terminal WHERE id = :id")
                        .bind("id", terminal.id())
                        .mapTo(Long.class)
                        .one());
    }

    private static TerminalMessage heartbeat(long wallClockMillis) {
        return TerminalMessage.newBuilder()
                .setHeartbeat(Heartbeat.newBuilder().setWallClockMicros(wallClockMillis * 1_000))
                .build();
    }

    @Test
    void aShortJournalIsOneUntilThereIsRoomAgain() {
        TestTerminal terminal = TestTerminal.enrol(administrator);
        TestJournal journal = TestJournal.of(terminal);
        try (TestTerminal.Stream stream = terminal.connect(journal)) {
            stream.events(List.of(journal.add(
                    event -> event.setJournalState(JournalState.newBuilder().setShortOfRoom(true)))));
            stream.awaitAck(1);
            assertThat(awaitOne(terminal.id(), "OPEN").get("kind").asText()).isEqualTo("JOURNAL_SHORT");
            stream.events(List.of(journal.add(event -> event.setJournalState(JournalState.newBuilder()))));
            stream.awaitAck(2);
            assertThat(of(terminal.id(), "OPEN")).isEmpty();
        }
    }

    @Test
    void whatWasLostStaysSoUntilSomebodyTakesNote() {
        TestTerminal terminal = TestTerminal.enrol(administrator);
        TestJournal journal = TestJournal.of(terminal);
        try (TestTerminal.Stream stream = terminal.connect(journal)) {
            stream.events(List.of(loss(journal, 3), loss(journal, 4)));
            stream.awaitAck(2);
        }
        JsonNode alarm = awaitOne(terminal.id(), "OPEN");
        assertThat(alarm.get("amount").asLong()).as("joined, not raised twice").isEqualTo(7);

        String path = "/api/v1/alarms/" + alarm.get("id") + "/acknowledgement";
        Map<String, Object> seen = Map.of("note", "ディスクを交換した", "version", alarm.get("version"));
        assertThat(administrator.withRole("auditor").post(path, seen).status()).isEqualTo(403);
        assertThat(administrator.post(path, Map.of("note", "古い", "version", 99)).status())
                .isEqualTo(409);
        JsonNode after = administrator.withRole("responder").post(path, seen).json();
        assertThat(after.get("note").asText()).isEqualTo("ディスクを交換した");
        assertThat(after.get("acknowledgedBy").asText()).startsWith("operator-");
        assertThat(of(terminal.id(), "OPEN")).isEmpty();
        assertThat(administrator.post(path, seen).status()).as("once").isEqualTo(409);
    }

    private static org.sekisho.v1.ChainedEvent loss(TestJournal journal, int count) {
        return journal.add(
                event -> event.setLoss(Loss.newBuilder().setCount(count).setCause(LossCause.DISK_FULL)));
    }

    @Test
    void aChannelThatStopsBeingEnforcedIsOne() {
        TestTerminal terminal = TestTerminal.enrol(administrator);
        TestJournal journal = TestJournal.of(terminal);
        try (TestTerminal.Stream stream = terminal.connect(journal)) {
            stream.send(status(ChannelMode.MODE_ENFORCED, ChannelMode.MODE_UNSUPPORTED));
            awaitModes(terminal, "1,3");
            look();
            assertThat(of(terminal.id(), "OPEN"))
                    .as("never supported is no failure")
                    .isEmpty();

            stream.send(status(ChannelMode.MODE_FAILED, ChannelMode.MODE_UNSUPPORTED));
            awaitModes(terminal, "4,3");
            look();
            JsonNode alarm = awaitOne(terminal.id(), "OPEN");
            assertThat(alarm.get("channel").asText()).isEqualTo("CLIPBOARD");
            assertThat(alarm.get("detail").asText()).isEqualTo("BadAccess");

            stream.send(status(ChannelMode.MODE_UNSUPPORTED, ChannelMode.MODE_UNSUPPORTED));
            awaitModes(terminal, "3,3");
            look();
            assertThat(of(terminal.id(), "OPEN")).as("was enforced once").hasSize(1);

            stream.send(status(ChannelMode.MODE_ENFORCED, ChannelMode.MODE_UNSUPPORTED));
            awaitModes(terminal, "1,3");
            look();
            assertThat(of(terminal.id(), "OPEN")).isEmpty();
        }
        assertThat(history(terminal)).as("each change of mode is kept").isEqualTo(5);
    }

    private void awaitModes(TestTerminal terminal, String modes) {
        await().atMost(SOON)
                .until(() -> jdbi.withHandle(handle -> handle.createQuery(
                                "SELECT string_agg(mode::text, ',' ORDER BY channel DESC) = :modes FROM channel_state"
                                        + " WHERE terminal = :id AND until_at IS NULL")
                        .bind("id", terminal.id())
                        .bind("modes", modes)
                        .mapTo(Boolean.class)
                        .findOne()
                        .orElse(false)));
    }

    private long history(TestTerminal terminal) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT count(*) FROM channel_state WHERE terminal = :id")
                .bind("id", terminal.id())
                .mapTo(Long.class)
                .one());
    }

    private static TerminalMessage status(ChannelMode clipboard, ChannelMode media) {
        return TerminalMessage.newBuilder()
                .setStatus(Status.newBuilder()
                        .addChannels(ChannelState.newBuilder()
                                .setChannel(Channel.CLIPBOARD)
                                .setMode(clipboard)
                                .setDetail("BadAccess"))
                        .addChannels(ChannelState.newBuilder()
                                .setChannel(Channel.MEDIA)
                                .setMode(media)))
                .build();
    }

    @Test
    void aRetiredTerminalHasNone() {
        String terminal = TestTerminal.enrol(administrator).id();
        lastHeard(terminal, "30 days");
        look();
        assertThat(of(terminal, "OPEN")).hasSize(1);
        administrator.post("/api/v1/terminals/" + terminal + "/retire", Map.of("reason", "old"));
        look();
        assertThat(of(terminal, "OPEN")).isEmpty();
    }

    @Test
    void anotherBranchsAlarmsDoNotExist() {
        TestTerminal water = TestTerminal.enrolIn(administrator, "水道局");
        TestTerminal tax = TestTerminal.enrolIn(administrator, "総務部/税務課");
        lastHeard(water.id(), "30 days");
        lastHeard(tax.id(), "30 days");
        look();
        String foreign = of(water.id(), "OPEN").getFirst().get("id").asText();
        String own = of(tax.id(), "OPEN").getFirst().get("id").asText();

        Api limited = administrator.withRoles(Api.role("responder", "総務部"));
        assertThat(limited.get("/api/v1/alarms/" + own).status()).isEqualTo(200);
        assertThat(limited.get("/api/v1/alarms/" + foreign).status()).isEqualTo(404);
        assertThat(limited.post("/api/v1/alarms/" + foreign + "/acknowledgement", Map.of("note", "x", "version", 1))
                        .status())
                .isEqualTo(404);
        assertThat(limited.get("/api/v1/alarms?terminal=" + water.id()).json().get("items"))
                .isEmpty();
        assertThat(limited.get("/api/v1/alarms?terminal=" + tax.id()).json().get("items"))
                .hasSize(1);
        assertThat(limited.get("/api/v1/alarms/counts").json().get("silent").asLong())
                .isPositive()
                .isLessThan(administrator
                        .get("/api/v1/alarms/counts")
                        .json()
                        .get("silent")
                        .asLong());
    }

    @Test
    void theLiveStreamTellsOfThem() throws IOException {
        String terminal = TestTerminal.enrol(administrator).id();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                administrator.stream("/api/v1/alarms/stream").body(), StandardCharsets.UTF_8))) {
            // The first bytes say that the stream is followed.
            lines.readLine();
            lastHeard(terminal, "30 days");
            look();
            String line = lines.readLine();
            while (line != null && !(line.startsWith("data:") && line.contains(terminal))) {
                line = lines.readLine();
            }
            assertThat(line).contains("\"SILENT\"");
        }
    }
}
