package org.sekisho.packaging.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.packaging.rig.Command;
import org.sekisho.packaging.rig.Installation;
import org.sekisho.v1.ClipboardSubject;
import org.sekisho.v1.Event;

/**
 * Pastes go on while agent, server and database are killed at random and the network is cut: whatever was handed out is on
 * the server exactly once, and the chain is whole.
 *
 * <p>Each paste has a size of its own, by which it is known again. A paste counts only if the helper handed it out, and the
 * helper hands out only what the journal has made durable; so every one that was got must be there.
 */
@Tag("chaos")
class NothingLostIT {
    /** Most hit the agent: it is the one that the record depends on. {@code -Dsekisho.kills=200} for a long run. */
    private static final int KILLS = Integer.getInteger("sekisho.kills", 40);

    /** Pastes that are alike would be counted in one event, and their sizes no longer tell them apart. */
    private static final Map<String, String> EACH_ITS_OWN = Map.of("SEKISHO_JOURNAL_REPEAT_SECONDS", "0");

    private static final Duration RECOVERY = Duration.ofMinutes(2);
    private static final int FIRST_SIZE = 1_000;

    @TempDir
    Path folder;

    private final Random random = new Random(20261122);
    private final Set<Integer> handedOut = new TreeSet<>();
    private int nextSize = FIRST_SIZE;

    @Test
    void everyPasteIsThereExactlyOnce() throws Exception {
        try (Installation installation = Installation.start(folder, null, EACH_ITS_OWN)) {
            pasteUntilHandedOut(installation);
            for (int kill = 0; kill < KILLS; kill++) {
                pasteSome(installation);
                strike(installation, kill);
            }
            pasteUntilHandedOut(installation);

            await().atMost(RECOVERY)
                    .untilAsserted(() -> assertThat(backlog(installation)).isZero());
            assertThat(handedOut).hasSizeGreaterThanOrEqualTo(KILLS);
            Map<Integer, List<String>> recorded = recordedBySize(installation);
            assertThat(recorded.keySet()).containsAll(handedOut);
            assertThat(recorded)
                    .allSatisfy((size, events) ->
                            assertThat(events).as("paste of %s bytes", size).hasSize(1));
            assertThat(installation.terminal().get("chain").asText()).isEqualTo("WHOLE");
        }
    }

    /** Kills one of the three, or cuts the network; what was killed is started again. */
    private void strike(Installation installation, int kill) throws Exception {
        int choice = random.nextInt(100);
        if (choice < 80) {
            installation.agent().kill();
            installation.agent().start();
        } else if (choice < 88) {
            installation.server().kill();
            installation.server().start();
        } else if (choice < 95) {
            ProcessHandle.of(installation.server().postgresPid()).ifPresent(ProcessHandle::destroyForcibly);
        } else {
            try (NetworkCut cut = NetworkCut.of(installation.server().portBase() + 1)) {
                pasteUntilHandedOut(installation);
                assertThat(cut.port()).as("kill %s with the network cut", kill).isPositive();
            }
        }
    }

    /** One paste at least that is handed out, so that every kill falls into a stream; then perhaps one more. */
    private void pasteSome(Installation installation) throws Exception {
        pasteUntilHandedOut(installation);
        if (random.nextBoolean()) {
            paste(installation);
        }
    }

    private void pasteUntilHandedOut(Installation installation) {
        await().atMost(RECOVERY).until(() -> paste(installation));
    }

    /** One copy and one paste of a size never used before; true if the helper handed it out. */
    private boolean paste(Installation installation) throws Exception {
        int size = nextSize++;
        byte[] content = new byte[size];
        Arrays.fill(content, (byte) 'a');
        Process offering = installation.display().offer("clipboard", "UTF8_STRING", content);
        boolean takenOver = offering.waitFor(2, TimeUnit.SECONDS);
        if (!takenOver) {
            offering.destroy();
            offering.waitFor();
            return false;
        }
        Command paste = installation.display().paste("clipboard", "UTF8_STRING");
        boolean got = paste.out().length == size;
        if (got) {
            handedOut.add(size);
        }
        return got;
    }

    /** Events that the agent's journal holds and the server has not acknowledged. */
    private static long backlog(Installation installation) throws Exception {
        Command status = installation.agent().command("status", "-o", "json");
        assertThat(status.exit()).as(status.err()).isZero();
        return new ObjectMapper().readTree(status.out()).path("backlog").asLong();
    }

    /** Each paste's events in the database, by its size; also proves that the numbers have no gap and no double. */
    private static Map<Integer, List<String>> recordedBySize(Installation installation) throws Exception {
        Map<Integer, List<String>> sizes = new TreeMap<>();
        try (Connection database = installation.server().database();
                Statement statement = database.createStatement();
                ResultSet rows = statement.executeQuery("SELECT seq, body FROM event ORDER BY seq")) {
            long expected = 1;
            while (rows.next()) {
                assertThat(rows.getLong("seq")).isEqualTo(expected++);
                Event event = Event.parseFrom(rows.getBytes("body"));
                ClipboardSubject clipboard = event.getAttempt().getAttempt().getClipboard();
                long bytes = event.getAttempt().getAttempt().getBytes();
                if (event.hasAttempt() && !clipboard.getCopy() && bytes >= FIRST_SIZE) {
                    sizes.computeIfAbsent((int) bytes, size -> new ArrayList<>())
                            .add("event %d from %d %s to %d %s"
                                    .formatted(
                                            event.getSeq(),
                                            clipboard.getSource().getPid(),
                                            clipboard.getSource().getPath(),
                                            clipboard.getDestination().getPid(),
                                            clipboard.getDestination().getPath()));
                }
            }
        }
        return sizes;
    }
}
