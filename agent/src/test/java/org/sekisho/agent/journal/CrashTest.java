package org.sekisho.agent.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.v1.Event;

/** A process that records is killed with SIGKILL at random moments; whatever it was told to be durable is there. */
class CrashTest {
    static final JournalLimits LIMITS =
            new JournalLimits(32L << 20, 256 << 10, 2L << 20, 100_000, Duration.ZERO, 50, Duration.ofSeconds(1));

    /** A JVM start and a full verification each: together some ten seconds. */
    private static final int KILLS = 8;

    @TempDir
    Path temp;

    @Test
    void everythingThatWasAcknowledgedIsThereExactlyOnceAfterEachKill() throws Exception {
        Path folder = temp.resolve("journal");
        Random random = new Random(20_261_122);
        Map<Long, String> promised = new HashMap<>();
        for (int run = 0; run < KILLS; run++) {
            int before = promised.size();
            killSomewhere(folder, run, random.nextInt(400), promised);
            assertThat(promised.size())
                    .as("the child of run %d got to record", run)
                    .isGreaterThan(before);

            StoreScan.Result scan = Fixtures.scan(folder);
            assertThat(scan.broken()).as("the store after run %d", run).isNull();
            assertThat(scan.holes()).isZero();
            assertThat(scan.head().seq())
                    .isGreaterThanOrEqualTo(
                            promised.keySet().stream().max(Long::compare).orElseThrow());
        }
        try (Journal journal = Journal.open(folder, Fixtures.setup(LIMITS))) {
            assertThat(journal.opening().afterCrash()).isTrue();
            assertThat(journal.opening().damage()).isEmpty();
            assertThat(journal.oldestSeq()).isEqualTo(1);
            List<Event> events = Fixtures.readAll(journal);
            for (int i = 0; i < events.size(); i++) {
                assertThat(events.get(i).getSeq()).isEqualTo(i + 1L);
            }
            promised.forEach((seq, name) ->
                    assertThat(nameOf(events.get(Math.toIntExact(seq) - 1))).isEqualTo(name));
            assertThat(events.stream()
                            .map(CrashTest::nameOf)
                            .filter(name -> !name.isEmpty())
                            .toList())
                    .doesNotHaveDuplicates();
        }
    }

    private static String nameOf(Event event) {
        return event.hasAttempt()
                ? event.getAttempt().getCircumstances().getUser()
                : event.getAgentStopped().getCause();
    }

    private static void killSomewhere(Path folder, int run, int after, Map<Long, String> promised) throws Exception {
        Process child = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashChild.class.getName(),
                        folder.toString(),
                        "run" + run)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = child.inputReader()) {
            assertThat(out.readLine()).isEqualTo("open");
            int lines = 0;
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (lines++ == after) {
                    // SIGKILL; what it had said by then, and is still in the pipe, counts as well.
                    child.toHandle().destroyForcibly();
                }
                // The last line may have been cut off by the kill.
                String[] words = line.split(" ", -1);
                if (words.length == 3 && words[2].equals("durable")) {
                    promised.put(Long.parseLong(words[0]), words[1]);
                }
            }
        } finally {
            child.destroyForcibly().waitFor();
        }
    }
}
