package org.sekisho.agent.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.event.Checkpoints;
import org.sekisho.v1.Event;
import org.sekisho.v1.LossCause;

/** Bytes of store and log are torn off or turned, and stores swapped: nothing of it is ever silently accepted. */
class DamageTest {
    private static final int EVENTS = 60;

    @TempDir
    Path temp;

    private Path whole;
    private Path older;

    @BeforeEach
    void recordAndCopyWhileRunning() throws IOException {
        Path folder = temp.resolve("journal");
        whole = temp.resolve("whole");
        older = temp.resolve("older");
        try (Journal journal = Journal.open(folder, Fixtures.setup(Fixtures.SMALL))) {
            for (int i = 1; i <= EVENTS; i++) {
                journal.record(Fixtures.stopped("event " + i), Importance.MUST_KEEP);
                if (i == EVENTS / 2) {
                    Awaitility.await().until(() -> journal.head().seq() == EVENTS / 2);
                    journal.ackedThrough(10).toCompletableFuture().join();
                    Fixtures.copy(folder, older);
                }
            }
            Awaitility.await().until(() -> journal.head().seq() == EVENTS);
            Fixtures.copy(folder, whole);
        }
    }

    @Test
    void theCopyItselfIsWhole() throws IOException {
        assertWholeOrReported(whole, "untouched", false);
    }

    @Test
    void turnedBytesOfTheLogAreHarmlessOrReported() throws IOException {
        turnBytes("journal.db-wal", 60);
    }

    @Test
    void turnedBytesOfTheStoreAreHarmlessOrReported() throws IOException {
        turnBytes("journal.db", 70);
    }

    @Test
    void aTornLogIsHarmlessOrReported() throws IOException {
        Path copy = null;
        long used = usedLog();
        Random random = new Random(2);
        for (int i = 0; i < 25; i++) {
            long length = i < 4 ? i : (long) (random.nextDouble() * used);
            copy = copyOf(whole, "torn-log-" + i);
            truncate(copy.resolve("journal.db-wal"), length);
            assertWholeOrReported(copy, "log cut to " + length, true);
        }
        assertThat(copy).isNotNull();
    }

    @Test
    void aTornStoreIsReported() throws IOException {
        Path store = whole.resolve("journal.db");
        Random random = new Random(3);
        for (int i = 0; i < 25; i++) {
            long length = i == 0 ? 0 : (long) (random.nextDouble() * Files.size(store));
            Path copy = copyOf(whole, "torn-store-" + i);
            truncate(copy.resolve("journal.db"), length);
            assertWholeOrReported(copy, "store cut to " + length, true);
        }
    }

    @Test
    void anOlderCopyIsNoticedAndTheChainGoesOnBehindWhatWasWritten() throws Exception {
        Path head = whole.resolve("journal.head");
        Path copy = copyOf(older, "rolled-back");
        Files.copy(head, copy.resolve("journal.head"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        try (Journal journal = Journal.open(copy, Fixtures.setup(Fixtures.SMALL))) {
            assertThat(journal.opening().damage())
                    .hasValueSatisfying(damage -> assertThat(damage).contains("older copy"));
            assertThat(journal.opening().aside())
                    .hasValueSatisfying(aside -> assertThat(aside).exists());
            List<Event> events = Fixtures.readAll(journal);
            // Not acknowledged and still there: carried over. Then the loss, signed, and the tampering.
            assertThat(Fixtures.causes(events)).hasSize(EVENTS / 2 - 10).startsWith("event 11");
            Event loss = events.stream().filter(Event::hasLoss).findFirst().orElseThrow();
            assertThat(loss.getSeq()).isEqualTo(EVENTS + 1);
            assertThat(loss.getLoss().getCause()).isEqualTo(LossCause.STORE_DAMAGED);
            assertThat(loss.getLoss().getCount()).isEqualTo(EVENTS / 2);
            Event checkpoint = events.get(events.indexOf(loss) + 1);
            assertThat(checkpoint.getCheckpoint().getThroughSeq()).isEqualTo(EVENTS + 1);
            assertThat(Checkpoints.verify(Fixtures.TERMINAL, checkpoint.getCheckpoint(), Fixtures.SIGNING.getPublic()))
                    .isTrue();
            assertThat(events)
                    .anySatisfy(
                            event -> assertThat(event.getTampered().getWhat()).isEqualTo("journal"));
        }
        StoreScan.Result scan = Fixtures.scan(copy);
        assertThat(scan.broken()).isNull();
        assertThat(scan.holes()).isEqualTo(EVENTS / 2);
    }

    @Test
    void withoutTheHeadFileAnOlderCopyIsTakenButTheMissingFileIsReported() throws Exception {
        Path copy = copyOf(older, "no-head");
        Files.delete(copy.resolve("journal.head"));

        try (Journal journal = Journal.open(copy, Fixtures.setup(Fixtures.SMALL))) {
            assertThat(Fixtures.readAll(journal))
                    .anySatisfy(
                            event -> assertThat(event.getTampered().getWhat()).isEqualTo("journal head"));
        }
    }

    @Test
    void aForgedHeadFileIsNoFloor() throws Exception {
        Path copy = copyOf(whole, "forged-head");
        byte[] head = Files.readAllBytes(copy.resolve("journal.head"));
        head[20] ^= 1;
        head[4096 + 20] ^= 1;
        Files.write(copy.resolve("journal.head"), head);

        try (Journal journal = Journal.open(copy, Fixtures.setup(Fixtures.SMALL))) {
            assertThat(journal.opening().damage())
                    .hasValueSatisfying(damage -> assertThat(damage).contains("head file"));
            assertThat(Fixtures.causes(Fixtures.readAll(journal))).contains("event " + EVENTS);
        }
    }

    @Test
    void oneTornSlotOfTheHeadFileIsNoHarm() throws Exception {
        for (int slot = 0; slot < 2; slot++) {
            Path copy = copyOf(whole, "torn-head-" + slot);
            byte[] head = Files.readAllBytes(copy.resolve("journal.head"));
            head[slot * 4096 + 30] ^= 1;
            Files.write(copy.resolve("journal.head"), head);
            try (Journal journal = Journal.open(copy, Fixtures.setup(Fixtures.SMALL))) {
                assertThat(journal.opening().damage()).isEmpty();
                assertThat(journal.head().seq()).isGreaterThanOrEqualTo(EVENTS);
            }
        }
    }

    @Test
    void aDeletedStoreIsReported() throws Exception {
        Path copy = copyOf(whole, "deleted");
        Files.delete(copy.resolve("journal.db"));
        Files.delete(copy.resolve("journal.db-wal"));

        try (Journal journal = Journal.open(copy, Fixtures.setup(Fixtures.SMALL))) {
            Event first = Fixtures.readAll(journal).get(0);
            assertThat(first.getSeq()).isEqualTo(EVENTS + 1);
            assertThat(first.getLoss().getCount()).isEqualTo(EVENTS - 10);
        }
    }

    @Test
    void anotherTerminalsKeyOpensNothing() throws Exception {
        Path copy = copyOf(whole, "other-key");
        JournalSetup own = Fixtures.setup(Fixtures.SMALL);
        JournalSetup other = new JournalSetup(
                own.terminal(), new AesJournalKey(Fixtures.secret(8)), own.limits(), own.signer(), own.clocks());

        try (Journal journal = Journal.open(copy, other)) {
            assertThat(journal.opening().aside()).isPresent();
            List<Event> events = Fixtures.readAll(journal);
            assertThat(events.get(0).hasLoss()).isTrue();
            assertThat(events.get(0).getSeq()).isGreaterThan(EVENTS);
        }
    }

    private void turnBytes(String file, int times) throws IOException {
        long used = file.endsWith("-wal") ? usedLog() : Files.size(whole.resolve(file));
        Random random = new Random(file.hashCode());
        int reported = 0;
        for (int i = 0; i < times; i++) {
            long at = i < 30 ? i * 3L : (long) (random.nextDouble() * used);
            Path copy = copyOf(whole, "turned-" + i);
            try (FileChannel channel =
                    FileChannel.open(copy.resolve(file), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                ByteBuffer one = ByteBuffer.allocate(1);
                channel.read(one, at);
                one.put(0, (byte) (one.get(0) ^ (1 << random.nextInt(8)))).rewind();
                channel.write(one, at);
            }
            if (assertWholeOrReported(copy, file + " turned at " + at, true)) {
                reported++;
            }
            remove(copy);
        }
        // The control: the harm is real.
        assertThat(reported).as("reported damage in %s", file).isPositive();
    }

    /** @return whether damage was reported */
    private boolean assertWholeOrReported(Path copy, String what, boolean damaged) throws IOException {
        try (Journal journal = Journal.open(copy, Fixtures.setup(Fixtures.SMALL))) {
            List<Event> events = Fixtures.readAll(journal);
            if (journal.opening().damage().isEmpty()) {
                assertThat(Fixtures.causes(events))
                        .as(what)
                        .endsWith("event " + EVENTS)
                        .hasSize(EVENTS - journal(events));
                assertThat(events).noneMatch(Event::hasLoss);
                return false;
            }
            assertThat(damaged).as(what).isTrue();
            assertThat(events)
                    .as(what)
                    .anyMatch(event -> event.hasLoss() && event.getLoss().getCause() == LossCause.STORE_DAMAGED);
            Event loss = events.stream().filter(Event::hasLoss).findFirst().orElseThrow();
            assertThat(loss.getSeq()).as(what).isGreaterThan(EVENTS);
            journal.record(Fixtures.stopped("goes on"), Importance.MUST_KEEP);
            return true;
        }
    }

    private static int journal(List<Event> events) {
        return Math.toIntExact(events.get(0).getSeq() - 1);
    }

    private long usedLog() throws IOException {
        byte[] log = Files.readAllBytes(whole.resolve("journal.db-wal"));
        int end = log.length;
        while (end > 0 && log[end - 1] == 0) {
            end--;
        }
        return end;
    }

    private Path copyOf(Path from, String name) throws IOException {
        Path copy = temp.resolve(name);
        Fixtures.copy(from, copy);
        Files.deleteIfExists(copy.resolve("journal.db-shm"));
        return copy;
    }

    private static void truncate(Path file, long length) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(length);
        }
    }

    private static void remove(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(folder)) {
            all.forEach(files::add);
        }
        for (Path file : files) {
            Files.delete(file);
        }
        Files.delete(folder);
    }
}
