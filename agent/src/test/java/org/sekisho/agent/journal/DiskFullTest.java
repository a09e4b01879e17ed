package org.sekisho.agent.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.v1.Event;
import org.sekisho.v1.LossCause;
import org.sekisho.v1.Verdict;

/** Somebody fills the disk to its last byte while the journal runs. */
class DiskFullTest {
    /** It could grow to 32 MiB, but the disk has 8. */
    private static final JournalLimits LIMITS =
            new JournalLimits(32L << 20, 512 << 10, 2L << 20, 10, Duration.ZERO, 1_000_000, Duration.ofHours(1));

    private static final String LONG = "x".repeat(4_000);

    @TempDir
    Path disk;

    private boolean mounted;

    @BeforeEach
    void mount() throws Exception {
        mounted = run("mount", "-t", "tmpfs", "-o", "size=8m,mode=700", "tmpfs", disk.toString());
        assumeTrue(mounted, "skipped: mounting a small tmpfs is not permitted here (needs root on Linux)");
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            assertThat(run("umount", "-l", disk.toString())).isTrue();
        }
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private void fillDisk() {
        try (OutputStream out = Files.newOutputStream(disk.resolve("filler"))) {
            byte[] block = new byte[4096];
            for (; ; ) {
                out.write(block);
            }
        } catch (IOException full) {
            assertThat(disk.toFile().getUsableSpace()).isZero();
        }
    }

    private static Event.Builder of(Verdict verdict) {
        Event.Builder event = Fixtures.attempt(verdict, "u");
        event.getAttemptBuilder().setJustification(LONG);
        return event;
    }

    @Test
    void blockedAttemptsAreStillDurableAndWhatWasLostIsRecorded() throws Exception {
        Path folder = disk.resolve("journal");
        try (Journal journal = Journal.open(folder, Fixtures.setup(LIMITS))) {
            journal.record(of(Verdict.ALLOW), Importance.ORDINARY);
            fillDisk();

            int lost = 0;
            for (int i = 0; i < 400; i++) {
                if (journal.record(of(Verdict.ALLOW), Importance.ORDINARY) instanceof Recorded.NotKept notKept) {
                    assertThat(notKept.cause()).isEqualTo(LossCause.DISK_FULL);
                    lost++;
                }
            }
            assertThat(lost).isGreaterThan(100);
            for (int i = 0; i < 40; i++) {
                assertThat(journal.record(of(Verdict.BLOCK), Importance.MUST_KEEP))
                        .isInstanceOf(Recorded.Durable.class);
            }

            Files.delete(disk.resolve("filler"));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(journal.record(of(Verdict.ALLOW), Importance.ORDINARY))
                            .isInstanceOf(Recorded.Durable.class));
        }
        StoreScan.Result scan = Fixtures.scan(folder);
        assertThat(scan.broken()).isNull();
        try (Journal journal = Journal.open(folder, Fixtures.setup(LIMITS))) {
            List<Event> events = Fixtures.readAll(journal);
            assertThat(events.stream()
                            .filter(event -> event.getAttempt().getDecision().getVerdict() == Verdict.BLOCK))
                    .hasSize(40);
            assertThat(events.stream()
                            .filter(Event::hasLoss)
                            .mapToLong(event -> event.getLoss().getCount())
                            .sum())
                    .isGreaterThan(100);
        }
    }

    @Test
    void opensOnAFullDiskAndStillKeepsBlockedAttempts() {
        Path folder = disk.resolve("journal");
        Journal.open(folder, Fixtures.setup(LIMITS)).close();
        fillDisk();

        try (Journal journal = Journal.open(folder, Fixtures.setup(LIMITS))) {
            for (int i = 0; i < 40; i++) {
                assertThat(journal.record(of(Verdict.BLOCK), Importance.MUST_KEEP))
                        .isInstanceOf(Recorded.Durable.class);
            }
        }
        assertThat(Fixtures.scan(folder).broken()).isNull();
    }
}
