package org.sekisho.agent.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.event.Checkpoints;
import org.sekisho.v1.AttemptEvent;
import org.sekisho.v1.ChainedEvent;
import org.sekisho.v1.Event;

class JournalTest {
    @TempDir
    Path folder;

    private Journal open() {
        return Journal.open(folder, Fixtures.setup(Fixtures.SMALL));
    }

    private static long record(Journal journal, String cause) {
        return ((Recorded.Durable) journal.record(Fixtures.stopped(cause), Importance.MUST_KEEP)).seq();
    }

    @Test
    void numbersLinksAndStampsWhatItIsGiven() {
        try (Journal journal = open()) {
            assertThat(record(journal, "a")).isEqualTo(1);
            assertThat(record(journal, "b")).isEqualTo(2);

            Awaitility.await().until(() -> journal.head().seq() == 2);
            List<Event> events = Fixtures.readAll(journal);
            assertThat(Fixtures.causes(events)).containsExactly("a", "b");
            assertThat(events).allSatisfy(event -> {
                assertThat(event.getTerminal()).isEqualTo(Fixtures.TERMINAL);
                assertThat(event.getBoot()).isEqualTo(journal.boot());
                assertThat(event.getOccurredAtMicros()).isPositive();
            });
        }
    }

    @Test
    void goesOnWhereItWasWithAnotherBootAndACheckpoint() throws Exception {
        try (Journal journal = open()) {
            record(journal, "a");
        }
        try (Journal journal = open()) {
            assertThat(journal.opening().afterCrash()).isFalse();
            assertThat(journal.opening().damage()).isEmpty();
            record(journal, "b");

            Awaitility.await()
                    .until(() -> Fixtures.causes(Fixtures.readAll(journal)).contains("b"));
            List<Event> events = Fixtures.readAll(journal);
            assertThat(events)
                    .extracting(Event::getBodyCase)
                    .containsExactly(
                            Event.BodyCase.AGENT_STOPPED,
                            Event.BodyCase.CHECKPOINT,
                            Event.BodyCase.CHECKPOINT,
                            Event.BodyCase.AGENT_STOPPED);
            assertThat(events.get(0).getBoot()).isNotEqualTo(events.get(3).getBoot());
            assertThat(Checkpoints.verify(
                            Fixtures.TERMINAL, events.get(1).getCheckpoint(), Fixtures.SIGNING.getPublic()))
                    .isTrue();
            assertThat(events.get(1).getCheckpoint().getThroughSeq()).isEqualTo(1);
        }
    }

    @Test
    void manyThreadsShareCommitsAndEachGetsItsOwnPlace() throws Exception {
        long threads = 16;
        int each = 50;
        try (Journal journal = open();
                ExecutorService pool = Executors.newFixedThreadPool((int) threads)) {
            CountDownLatch go = new CountDownLatch(1);
            List<Future<List<Long>>> results = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int thread = t;
                results.add(pool.submit(() -> {
                    go.await();
                    List<Long> seqs = new ArrayList<>();
                    for (int i = 0; i < each; i++) {
                        seqs.add(record(journal, thread + "/" + i));
                    }
                    return seqs;
                }));
            }
            go.countDown();
            List<Long> all = new ArrayList<>();
            for (Future<List<Long>> result : results) {
                assertThat(result.get()).isSorted();
                all.addAll(result.get());
            }

            assertThat(all)
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.rangeClosed(1, threads * each).boxed().toList());
            Awaitility.await().until(() -> journal.head().seq() == threads * each);
            assertThat(Fixtures.causes(Fixtures.readAll(journal)))
                    .doesNotHaveDuplicates()
                    .hasSize((int) (threads * each));
        }
    }

    @Test
    void givesBatchesWithinBothBounds() {
        try (Journal journal = open()) {
            IntStream.range(0, 20).forEach(i -> record(journal, "event " + i));
            Awaitility.await().until(() -> journal.head().seq() == 20);

            assertThat(journal.nextBatch(0, 7, 1 << 20)).hasSize(7);
            assertThat(journal.nextBatch(18, 7, 1 << 20)).hasSize(2);
            assertThat(journal.nextBatch(20, 7, 1 << 20)).isEmpty();
            assertThat(journal.nextBatch(0, 7, 10)).isEmpty();
            List<ChainedEvent> some = journal.nextBatch(0, 1_000, 1_000);
            assertThat(some).hasSizeBetween(2, 8);
            assertThat(some.stream().mapToInt(ChainedEvent::getSerializedSize).sum())
                    .isLessThanOrEqualTo(1_000);
        }
    }

    @Test
    void remembersWhatIsAcknowledgedAndKeepsOnlyATailOfIt() {
        try (Journal journal = open()) {
            IntStream.range(0, 50).forEach(i -> record(journal, "event " + i));
            Awaitility.await().until(() -> journal.head().seq() == 50);
            assertThat(journal.backlog()).isEqualTo(50);

            journal.ackedThrough(40).toCompletableFuture().join();

            assertThat(journal.ackedSeq()).isEqualTo(40);
            assertThat(journal.backlog()).isEqualTo(10);
            Awaitility.await().until(() -> journal.oldestSeq() == 31);
            assertThat(Fixtures.parse(journal.nextBatch(0, 1, 1 << 20).get(0)).getSeq())
                    .isEqualTo(31);
            journal.ackedThrough(3).toCompletableFuture().join();
            assertThat(journal.ackedSeq()).isEqualTo(40);
            assertThatThrownBy(() -> journal.ackedThrough(51)).isInstanceOf(IllegalArgumentException.class);
        }
        try (Journal journal = open()) {
            assertThat(journal.ackedSeq()).isEqualTo(40);
            assertThat(journal.oldestSeq()).isEqualTo(31);
            assertThat(journal.opening().damage()).isEmpty();
        }
    }

    @Test
    void tellsListenersOfNewEventsWhenTheyCanBeRead() throws Exception {
        AtomicLong readable = new AtomicLong();
        try (Journal journal = open();
                AutoCloseable listening = journal.onNewHead(head -> readable.set(
                        journal.nextBatch(head.seq() - 1, 1, 1 << 20).size()))) {
            assertThat(listening).isNotNull();
            record(journal, "a");
            Awaitility.await().until(() -> readable.get() == 1);
            assertThat(journal.head().seq()).isEqualTo(1);
        }
    }

    @Test
    void signsACheckpointAfterSoManyEventsAndAfterSoMuchTime() {
        TurnedClocks clocks = new TurnedClocks();
        JournalLimits limits =
                new JournalLimits(4L << 20, 256 << 10, 2L << 20, 10, Duration.ZERO, 3, Duration.ofMinutes(5));
        try (Journal journal = Journal.open(folder, Fixtures.setup(limits, clocks))) {
            IntStream.range(0, 3).forEach(i -> record(journal, "event " + i));
            Awaitility.await().until(() -> journal.head().seq() == 4);
            record(journal, "one more");
            clocks.pass(Duration.ofMinutes(5));
            journal.poke();
            Awaitility.await().until(() -> journal.head().seq() == 6);

            List<Event> events = Fixtures.readAll(journal);
            assertThat(events.get(3).getCheckpoint().getThroughSeq()).isEqualTo(3);
            assertThat(events.get(5).getCheckpoint().getThroughSeq()).isEqualTo(5);
            // The control: nothing new, so nothing to sign.
            clocks.pass(Duration.ofMinutes(5));
            journal.poke();
            assertThat(record(journal, "later")).isEqualTo(7);
        }
    }

    @Test
    void refusesWhatIsNoEventOrTooLargeAndWhatComesAfterTheEnd() {
        Journal journal = open();
        try (journal) {
            assertThatThrownBy(() -> journal.record(Event.newBuilder(), Importance.MUST_KEEP))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> record(journal, "x".repeat(65_100)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("shorten");
            assertThat(record(journal, "x".repeat(64_900))).isEqualTo(1);
        }
        assertThatThrownBy(() -> record(journal, "late"))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void letsNoSecondProcessIn() {
        try (Journal journal = open()) {
            assertThat(journal.head().seq()).isZero();
            assertThatThrownBy(this::open).isInstanceOf(JournalException.class).hasMessageContaining("another process");
        }
        open().close();
    }

    @Test
    void refusesAnotherTerminalsFolder() {
        open().close();
        JournalSetup own = Fixtures.setup(Fixtures.SMALL);
        JournalSetup other = new JournalSetup("t-0002", own.key(), own.limits(), own.signer(), own.clocks());

        assertThatThrownBy(() -> Journal.open(folder, other))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("belongs to terminal t-0001");
    }

    @Test
    void closesItsFilesToOthers() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (Journal journal = open()) {
            record(journal, "a");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                    .isEqualTo("rwx------");
            try (var files = Files.list(folder)) {
                assertThat(files.toList())
                        .hasSizeGreaterThan(3)
                        .allSatisfy(
                                file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                                        .isEqualTo("rw-------"));
            }
        }
    }

    @Test
    void goesOnWithoutCheckpointsWhileTheKeyCanNotSign() {
        JournalSetup own = Fixtures.setup(Fixtures.SMALL);
        CheckpointSigner broken = (terminal, through) -> {
            throw new java.security.SignatureException("card pulled out");
        };
        try (Journal journal =
                Journal.open(folder, new JournalSetup(own.terminal(), own.key(), own.limits(), broken, own.clocks()))) {
            assertThat(record(journal, "a")).isEqualTo(1);
            journal.signWith(own.signer());
        }
        assertThat(Fixtures.scan(folder).broken()).isNull();
    }

    @Test
    void importanceComesFromWhatWasDecided() {
        assertThat(Importance.of(Fixtures.attempt(org.sekisho.v1.Verdict.ALLOW, "u")))
                .isEqualTo(Importance.ORDINARY);
        assertThat(Importance.of(Fixtures.attempt(org.sekisho.v1.Verdict.AUDIT, "u")))
                .isEqualTo(Importance.ORDINARY);
        assertThat(Importance.of(Fixtures.attempt(org.sekisho.v1.Verdict.BLOCK, "u")))
                .isEqualTo(Importance.MUST_KEEP);
        assertThat(Importance.of(Fixtures.attempt(org.sekisho.v1.Verdict.JUSTIFY, "u")))
                .isEqualTo(Importance.MUST_KEEP);
        assertThat(Importance.of(Event.newBuilder().setAttempt(AttemptEvent.newBuilder())))
                .isEqualTo(Importance.MUST_KEEP);
        assertThat(Importance.of(Fixtures.stopped("x"))).isEqualTo(Importance.MUST_KEEP);
    }
}
