package org.sekisho.packaging.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.packaging.rig.Command;
import org.sekisho.packaging.rig.Installation;
import org.sekisho.v1.Event;
import org.sekisho.v1.Verdict;

/** The terminal's disk, or the server's, is filled to its last byte while both work. */
class FullDiskIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration RECOVERY = Duration.ofMinutes(2);

    /** A published test vector, nobody's number. */
    private static final byte[] NUMBER = "個人番号 123456789018".getBytes(StandardCharsets.UTF_8);

    private static final byte[] CLEAN = "令和8年度 予算案".getBytes(StandardCharsets.UTF_8);

    /** More than the free pages hold of a journal that can't grow. */
    private static final int MOST_ORDINARY = 3_000;

    /** How many are tried once there is no room left for them. */
    private static final int LOST = 50;

    private static final int BLOCKED = 20;

    /** MiB; of them the journal's bound leaves nothing to spare. */
    private static final int AGENT_DISK = 24;

    /** MiB; a new cluster takes some 80, and the first start of the server as much again for its log. */
    private static final int SERVER_DISK = 320;

    @TempDir
    Path folder;

    @Test
    void withTheServerInReachNothingIsLost() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(Files.createDirectories(folder.resolve("agent/state")), AGENT_DISK);
                Installation installation = Installation.start(folder, null, SizedPastes.EACH_ITS_OWN)) {
            SizedPastes pastes = new SizedPastes(installation);
            pastes.pasteUntilHandedOut();
            disk.fill();
            for (int i = 0; i < 50; i++) {
                assertThat(pastes.paste()).isTrue();
            }
            pastes.assertAllThereOnce();
        }
    }

    @Test
    void aFullDiskOfTheServerKeepsEventsWaitingAndLosesNone() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(Files.createDirectories(folder.resolve("server")), SERVER_DISK);
                Installation installation = Installation.start(folder, null, SizedPastes.EACH_ITS_OWN)) {
            SizedPastes pastes = new SizedPastes(installation);
            pastes.pasteUntilHandedOut();
            disk.fill();
            offer(installation, NUMBER);
            for (int i = 0; i < BLOCKED; i++) {
                assertThat(paste(installation).out())
                        .as("blocked without the server")
                        .isEmpty();
            }
            int tries = 0;
            while (!Files.readString(installation.server().log()).contains("No space left on device")) {
                assertThat(tries++).as("pastes while the server's disk is full").isLessThan(MOST_ORDINARY);
                pastes.pasteUntilHandedOut();
            }
            disk.free();
            pastes.pasteUntilHandedOut();
            pastes.assertAllThereOnce();

            assertThat(attempts(installation, "BLOCK")).isGreaterThanOrEqualTo(BLOCKED);
        }
    }

    @Test
    void offlineBlockedAttemptsAreKeptAndWhatIsLostIsCounted() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(Files.createDirectories(folder.resolve("agent/state")), AGENT_DISK);
                Installation installation = Installation.start(folder, null, SizedPastes.EACH_ITS_OWN)) {
            SizedPastes pastes = new SizedPastes(installation);
            pastes.pasteUntilHandedOut();
            int ordinary;
            try (NetworkCut cut = NetworkCut.of(installation.server().portBase() + 1)) {
                assertThat(cut.port()).isPositive();
                disk.fill();
                offer(installation, CLEAN);
                ordinary = pasteUntilNoRoom(installation);
                offer(installation, NUMBER);
                for (int i = 0; i < BLOCKED; i++) {
                    assertThat(paste(installation).out()).isEmpty();
                }
                disk.free();
            }
            pastes.pasteUntilHandedOut();
            await().atMost(RECOVERY)
                    .untilAsserted(
                            () -> assertThat(events(installation, "LOSS")).isNotEmpty());
            pastes.assertAllThereOnce();

            assertThat(attempts(installation, "BLOCK")).isGreaterThanOrEqualTo(BLOCKED);
            long lost = events(installation, "LOSS").stream()
                    .mapToLong(loss -> loss.get("detail").findValue("count").asLong())
                    .sum();
            assertThat(lost).isGreaterThanOrEqualTo(LOST);
            assertThat(attempts(installation, "AUDIT") + lost)
                    .as("ordinary attempts that are there, and those that are counted as lost")
                    .isGreaterThanOrEqualTo(ordinary);
            assertThat(events(installation, "JOURNAL_STATE"))
                    .as("short of room, and ample again")
                    .hasSizeGreaterThanOrEqualTo(2);
            assertThat(installation.rest().get("/api/v1/incidents").get("items").findValuesAsText("kind"))
                    .contains("LOSS");
        }
    }

    /** Ordinary attempts until the journal can't grow, and then some; how many they were. */
    private static int pasteUntilNoRoom(Installation installation) throws Exception {
        int pastes = 0;
        while (!Files.readString(installation.agent().log()).contains("cannot enlarge the journal")) {
            assertThat(pastes++).as("pastes on a full disk").isLessThan(MOST_ORDINARY);
            paste(installation);
        }
        for (int i = 0; i < LOST; i++) {
            paste(installation);
        }
        return pastes + LOST;
    }

    private static void offer(Installation installation, byte[] content) throws Exception {
        Process offering = installation.display().offer("clipboard", "UTF8_STRING", content);
        assertThat(offering.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    private static Command paste(Installation installation) throws Exception {
        return installation.display().paste("clipboard", "UTF8_STRING");
    }

    private static List<JsonNode> events(Installation installation, String kind) throws Exception {
        List<JsonNode> events = new ArrayList<>();
        installation
                .rest()
                .get("/api/v1/events?detail=true&limit=500&kind=" + kind)
                .get("items")
                .forEach(events::add);
        return events;
    }

    private static long attempts(Installation installation, String verdict) throws Exception {
        try (Connection database = installation.server().database();
                PreparedStatement count =
                        database.prepareStatement("SELECT count(*) FROM event WHERE kind = ? AND verdict = ?")) {
            count.setInt(1, Event.ATTEMPT_FIELD_NUMBER);
            count.setInt(2, Verdict.valueOf(verdict).getNumber());
            try (ResultSet row = count.executeQuery()) {
                assertThat(row.next()).isTrue();
                return row.getLong(1);
            }
        }
    }
}
