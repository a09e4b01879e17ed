package org.sekisho.agent.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.v1.AttemptEvent;
import org.sekisho.v1.Channel;
import org.sekisho.v1.Event;
import org.sekisho.v1.MediaFile;
import org.sekisho.v1.MediaSubject;
import org.sekisho.v1.Verdict;

class RepeatsTest {
    private static final JournalLimits COUNTING =
            new JournalLimits(4L << 20, 256 << 10, 2L << 20, 10, Duration.ofSeconds(30), 1_000, Duration.ofHours(1));

    @TempDir
    Path temp;

    private final TurnedClocks clocks = new TurnedClocks();
    private Path folder = Path.of("journal");

    @BeforeEach
    void newFolder() {
        folder = temp.resolve("journal");
    }

    private Journal open() {
        return Journal.open(folder, Fixtures.setup(COUNTING, clocks));
    }

    private static Recorded record(Journal journal, Verdict verdict, String user, int pid) {
        Event.Builder event = Fixtures.attempt(verdict, user, pid);
        return journal.record(event, Importance.of(event));
    }

    private static List<AttemptEvent> attempts(Journal journal) {
        return Fixtures.readAll(journal).stream()
                .filter(Event::hasAttempt)
                .map(Event::getAttempt)
                .toList();
    }

    @Test
    void theFirstIsRecordedAtOnceAndItsRepetitionsBecomeOneEvent() {
        try (Journal journal = open()) {
            assertThat(record(journal, Verdict.AUDIT, "sato", 1)).isEqualTo(new Recorded.Durable(1));
            clocks.pass(Duration.ofSeconds(2));
            assertThat(record(journal, Verdict.AUDIT, "sato", 2)).isEqualTo(new Recorded.Counted(1));
            clocks.pass(Duration.ofSeconds(5));
            assertThat(record(journal, Verdict.AUDIT, "sato", 3)).isEqualTo(new Recorded.Counted(1));
            Awaitility.await().until(() -> journal.head().seq() == 1);

            clocks.pass(Duration.ofSeconds(23));
            journal.poke();
            Awaitility.await().until(() -> journal.head().seq() == 2);
            List<AttemptEvent> attempts = attempts(journal);
            assertThat(attempts.get(0).getCount()).isZero();
            assertThat(attempts.get(1).getCount()).isEqualTo(2);
            assertThat(attempts.get(1).getSpanMillis()).isEqualTo(5_000);
            assertThat(record(journal, Verdict.AUDIT, "sato", 4)).isEqualTo(new Recorded.Durable(3));
        }
    }

    @Test
    void whatWasCountedIsWrittenAtTheEnd() {
        try (Journal journal = open()) {
            for (int i = 0; i < 10; i++) {
                record(journal, Verdict.ALLOW, "sato", i);
            }
        }
        try (Journal journal = open()) {
            assertThat(attempts(journal)).extracting(AttemptEvent::getCount).containsExactly(0, 9);
        }
    }

    @Test
    void pastesThatWereStoppedOrAnsweredForAreNeverCountedTogether() {
        try (Journal journal = open()) {
            for (Verdict verdict : List.of(Verdict.BLOCK, Verdict.JUSTIFY, Verdict.READ_ONLY)) {
                for (int i = 0; i < 3; i++) {
                    assertThat(record(journal, verdict, "sato", 1)).isInstanceOf(Recorded.Durable.class);
                }
            }
            Awaitility.await().until(() -> attempts(journal).size() == 9);
            assertThat(attempts(journal))
                    .allSatisfy(attempt -> assertThat(attempt.getCount()).isZero());
        }
    }

    private static Event.Builder plugged(String serial) {
        Event.Builder event = Fixtures.attempt(Verdict.BLOCK, "sato");
        event.getAttemptBuilder()
                .getAttemptBuilder()
                .setChannel(Channel.MEDIA)
                .setMedia(MediaSubject.newBuilder().setSerial(serial));
        return event;
    }

    @Test
    void oneDevicesPluggingsThatWereStoppedAreCountedForTwoSeconds() throws IOException {
        Path killed;
        try (Journal journal = open()) {
            assertThat(journal.record(plugged("S"), Importance.MUST_KEEP)).isInstanceOf(Recorded.Durable.class);
            clocks.pass(Duration.ofMillis(1_999));
            assertThat(journal.record(plugged("S"), Importance.MUST_KEEP)).isInstanceOf(Recorded.Counted.class);
            assertThat(journal.record(plugged("T"), Importance.MUST_KEEP)).isInstanceOf(Recorded.Durable.class);
            clocks.pass(Duration.ofMillis(1));
            assertThat(journal.record(plugged("S"), Importance.MUST_KEEP))
                    .as("told as it happens")
                    .isInstanceOf(Recorded.Durable.class);
            assertThat(journal.record(plugged("S"), Importance.MUST_KEEP)).isInstanceOf(Recorded.Counted.class);
            Awaitility.await().until(() -> attempts(journal).size() == 4);
            killed = copyOfFiles("killed");
        }
        try (Journal journal = Journal.open(killed, Fixtures.setup(COUNTING, clocks))) {
            assertThat(attempts(journal))
                    .extracting(one -> one.getAttempt().getMedia().getSerial(), AttemptEvent::getCount)
                    .containsExactly(tuple("S", 0), tuple("T", 0), tuple("S", 1), tuple("S", 0), tuple("S", 1));
        }
    }

    @Test
    void filesThatWereStoppedEachStandForThemselves() {
        try (Journal journal = open()) {
            for (int i = 0; i < 3; i++) {
                Event.Builder file = plugged("S");
                file.getAttemptBuilder().getAttemptBuilder().getMediaBuilder().setFile(MediaFile.getDefaultInstance());
                assertThat(journal.record(file, Importance.MUST_KEEP)).isInstanceOf(Recorded.Durable.class);
            }
        }
    }

    @Test
    void anotherPersonRuleOrProgramIsAnotherKind() {
        try (Journal journal = open()) {
            record(journal, Verdict.AUDIT, "sato", 1);
            assertThat(record(journal, Verdict.AUDIT, "suzuki", 1)).isInstanceOf(Recorded.Durable.class);
            assertThat(record(journal, Verdict.ALLOW, "sato", 1)).isInstanceOf(Recorded.Durable.class);
            Event.Builder otherRule = Fixtures.attempt(Verdict.AUDIT, "sato");
            otherRule.getAttemptBuilder().getDecisionBuilder().setRule("r-2");
            assertThat(journal.record(otherRule, Importance.ORDINARY)).isInstanceOf(Recorded.Durable.class);
            Event.Builder otherProgram = Fixtures.attempt(Verdict.AUDIT, "sato");
            otherProgram
                    .getAttemptBuilder()
                    .getAttemptBuilder()
                    .getClipboardBuilder()
                    .getSourceBuilder()
                    .setPath("/x");
            assertThat(journal.record(otherProgram, Importance.ORDINARY)).isInstanceOf(Recorded.Durable.class);
            assertThat(record(journal, Verdict.AUDIT, "sato", 9)).isInstanceOf(Recorded.Counted.class);
        }
    }

    @Test
    void moreKindsThanItRemembersCloseTheOldestEarly() {
        try (Journal journal = open()) {
            record(journal, Verdict.ALLOW, "user 0", 1);
            record(journal, Verdict.ALLOW, "user 0", 2);
            for (int i = 1; i <= Repeats.MAX_WINDOWS; i++) {
                record(journal, Verdict.ALLOW, "user " + i, 1);
            }
            Awaitility.await().until(() -> journal.head().seq() == Repeats.MAX_WINDOWS + 2);
            assertThat(attempts(journal))
                    .filteredOn(attempt -> attempt.getCount() == 1)
                    .hasSize(1);
        }
    }

    /** What a run leaves behind that is killed: its files as they are between two commits. */
    private Path copyOfFiles(String name) throws IOException {
        Path copy = Files.createDirectory(temp.resolve(name));
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        return copy;
    }

    @Test
    void aCrashLosesNoneOfTheCountsAndNoneStandsTwice() throws IOException {
        Path killed;
        try (Journal journal = open()) {
            record(journal, Verdict.AUDIT, "sato", 1);
            record(journal, Verdict.AUDIT, "suzuki", 1);
            clocks.pass(Duration.ofSeconds(2));
            record(journal, Verdict.AUDIT, "sato", 2);
            record(journal, Verdict.AUDIT, "suzuki", 2);
            clocks.pass(Duration.ofSeconds(3));
            assertThat(record(journal, Verdict.AUDIT, "sato", 3)).isEqualTo(new Recorded.Counted(1));
            killed = copyOfFiles("killed");
        }
        for (int run = 0; run < 2; run++) {
            try (Journal journal = Journal.open(killed, Fixtures.setup(COUNTING, clocks))) {
                assertThat(journal.opening().damage()).isEmpty();
                assertThat(attempts(journal))
                        .extracting(
                                attempt -> attempt.getCircumstances().getUser(),
                                AttemptEvent::getCount,
                                AttemptEvent::getSpanMillis)
                        .containsExactly(
                                tuple("sato", 0, 0L),
                                tuple("suzuki", 0, 0L),
                                tuple("sato", 2, 3_000L),
                                tuple("suzuki", 1, 0L));
            }
        }
    }

    @Test
    void countsWhoseFirstEventWasPrunedAreRecordedAsLost() throws IOException {
        JournalLimits forgetful =
                new JournalLimits(4L << 20, 256 << 10, 2L << 20, 0, Duration.ofSeconds(30), 1_000, Duration.ofHours(1));
        Path killed;
        try (Journal journal = Journal.open(folder, Fixtures.setup(forgetful, clocks))) {
            record(journal, Verdict.AUDIT, "sato", 1);
            journal.record(Fixtures.stopped("another"), Importance.MUST_KEEP);
            Awaitility.await().until(() -> journal.head().seq() == 2);
            journal.ackedThrough(2).toCompletableFuture().join();
            record(journal, Verdict.AUDIT, "sato", 2);
            record(journal, Verdict.AUDIT, "sato", 3);
            Awaitility.await().until(() -> journal.oldestSeq() > 1);
            killed = copyOfFiles("killed");
        }
        try (Journal journal = Journal.open(killed, Fixtures.setup(forgetful, clocks))) {
            assertThat(Fixtures.readAll(journal))
                    .filteredOn(Event::hasLoss)
                    .extracting(event -> event.getLoss().getCount())
                    .containsExactly(2L);
        }
    }
}
