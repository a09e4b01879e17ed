package org.sekisho.packaging.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.sekisho.packaging.rig.Command;
import org.sekisho.packaging.rig.Installation;
import org.sekisho.v1.ClipboardSubject;
import org.sekisho.v1.Event;

/**
 * Pastes by which a test knows whether anything is lost: each has a size of its own, by which it is known again on the server.
 * A paste counts only if the helper handed it out, and the helper hands out only what the journal has made durable; so every
 * one that was got must be there.
 */
final class SizedPastes {
    /** Pastes that are alike would be counted in one event, and their sizes no longer tell them apart. */
    static final Map<String, String> EACH_ITS_OWN = Map.of("SEKISHO_JOURNAL_REPEAT_SECONDS", "0");

    private static final Duration RECOVERY = Duration.ofMinutes(2);
    private static final int FIRST_SIZE = 1_000;

    private final Installation installation;
    private final Set<Integer> handedOut = new TreeSet<>();
    private int nextSize = FIRST_SIZE;

    SizedPastes(Installation installation) {
        this.installation = installation;
    }

    /** Sizes of the pastes that were got. */
    Set<Integer> handedOut() {
        return handedOut;
    }

    void pasteUntilHandedOut() {
        await().atMost(RECOVERY).until(this::paste);
    }

    /** One copy and one paste of a size never used before; true if the helper handed it out. */
    boolean paste() throws Exception {
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

    /** Waits until the server has all that the agent recorded, and checks that each paste is there once, in a whole chain. */
    void assertAllThereOnce() throws Exception {
        await().atMost(RECOVERY).untilAsserted(() -> assertThat(backlog()).isZero());
        Map<Integer, List<String>> recorded = recorded();
        assertThat(recorded.keySet()).containsAll(handedOut);
        assertThat(recorded)
                .allSatisfy((size, events) ->
                        assertThat(events).as("paste of %s bytes", size).hasSize(1));
        assertThat(installation.terminal().get("chain").asText()).isEqualTo("WHOLE");
    }

    /** Events that the agent's journal holds and the server has not acknowledged. */
    private long backlog() throws Exception {
        Command status = installation.agent().command("status", "-o", "json");
        assertThat(status.exit()).as(status.err()).isZero();
        return new ObjectMapper().readTree(status.out()).path("backlog").asLong();
    }

    /** Each paste's events in the database, by its size; also proves that the numbers have no gap and no double. */
    private Map<Integer, List<String>> recorded() throws Exception {
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
                            .add(sketch(event));
                }
            }
        }
        return sizes;
    }

    private static String sketch(Event event) {
        ClipboardSubject clipboard = event.getAttempt().getAttempt().getClipboard();
        return "event %d from %d %s to %d %s"
                .formatted(
                        event.getSeq(),
                        clipboard.getSource().getPid(),
                        clipboard.getSource().getPath(),
                        clipboard.getDestination().getPid(),
                        clipboard.getDestination().getPath());
    }
}
