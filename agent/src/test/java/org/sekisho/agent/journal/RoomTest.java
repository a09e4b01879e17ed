package org.sekisho.agent.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.v1.AttemptEvent;
import org.sekisho.v1.Event;
import org.sekisho.v1.Loss;
import org.sekisho.v1.LossCause;
import org.sekisho.v1.Verdict;

/** The journal keeps within its room, and keeps room for what must be kept. */
class RoomTest {
    /** A store of 1.5 MiB beside the log, a quarter of a mebibyte of it reserved. */
    private static final JournalLimits TIGHT =
            new JournalLimits(3_700_000, 256 << 10, 2L << 20, 10, Duration.ZERO, 1_000_000, Duration.ofHours(1));

    private static final String LONG = "x".repeat(8_000);

    @TempDir
    Path folder;

    private static Event.Builder of(Verdict verdict) {
        return Fixtures.attempt(verdict, "u").setAttempt(attempt(verdict));
    }

    private static AttemptEvent attempt(Verdict verdict) {
        return Fixtures.attempt(verdict, "u").getAttempt().toBuilder()
                .setJustification(LONG)
                .build();
    }

    private static int fillWithOrdinary(Journal journal) {
        for (int kept = 0; kept < 1_000; kept++) {
            if (journal.record(of(Verdict.ALLOW), Importance.ORDINARY) instanceof Recorded.NotKept) {
                return kept;
            }
        }
        throw new AssertionError("a journal of 1.5 MiB kept 8 MB");
    }

    @Test
    void whenOnlyTheReserveIsLeftOrdinaryEventsBecomeASignedLossAndBlockedOnesAreKept() throws Exception {
        try (Journal journal = Journal.open(folder, Fixtures.setup(TIGHT))) {
            int kept = fillWithOrdinary(journal);
            assertThat(kept).isGreaterThan(50);

            // The first loss is in the chain at once, signed.
            Awaitility.await().until(() -> Fixtures.readAll(journal).stream().anyMatch(Event::hasLoss));
            List<Event> events = Fixtures.readAll(journal);
            assertThat(events)
                    .extracting(Event::getBodyCase)
                    .endsWith(Event.BodyCase.JOURNAL_STATE, Event.BodyCase.LOSS, Event.BodyCase.CHECKPOINT);
            Loss loss = events.get(events.size() - 2).getLoss();
            assertThat(loss.getCause()).isEqualTo(LossCause.JOURNAL_FULL);
            assertThat(loss.getCount()).isEqualTo(1);
            assertThat(loss.getWorstVerdict()).isEqualTo(Verdict.ALLOW);
            assertThat(events.get(events.size() - 3).getJournalState().getShortOfRoom())
                    .isTrue();
            assertThat(events.getLast().getCheckpoint().getThroughSeq())
                    .isEqualTo(events.get(events.size() - 2).getSeq());

            // Further ones are only counted, blocked ones still find room.
            for (int i = 0; i < 20; i++) {
                assertThat(journal.record(of(Verdict.ALLOW), Importance.ORDINARY))
                        .isInstanceOf(Recorded.NotKept.class);
                assertThat(journal.record(of(Verdict.BLOCK), Importance.MUST_KEEP))
                        .isInstanceOf(Recorded.Durable.class);
            }
        }
        // What was counted only is recorded at the end.
        try (Journal journal = Journal.open(folder, Fixtures.setup(TIGHT))) {
            assertThat(journal.opening().damage()).isEmpty();
            long lost = Fixtures.readAll(journal).stream()
                    .filter(Event::hasLoss)
                    .mapToLong(event -> event.getLoss().getCount())
                    .sum();
            assertThat(lost).isEqualTo(21);
        }
    }

    @Test
    void withoutTheReserveBlockedEventsWouldFindNoRoom() {
        // The control: the same journal with the smallest reserve there is keeps only a handful.
        JournalLimits bare = new JournalLimits(
                3_700_000, StoreSpace.BLOCK_BYTES, 2L << 20, 10, Duration.ZERO, 1_000_000, Duration.ofHours(1));
        try (Journal journal = Journal.open(folder, Fixtures.setup(bare))) {
            fillWithOrdinary(journal);

            assertThatThrownBy(() -> {
                        for (int i = 0; i < 20; i++) {
                            journal.record(of(Verdict.BLOCK), Importance.MUST_KEEP);
                        }
                    })
                    .isInstanceOf(JournalFullException.class)
                    .hasMessageContaining("nothing may be let out");
        }
    }

    @Test
    void whenEvenTheReserveIsUsedUpBlockedEventsAreRefusedAndTheLossIsRecordedOnceRoomIsBack() {
        try (Journal journal = Journal.open(folder, Fixtures.setup(TIGHT))) {
            fillWithOrdinary(journal);
            int blocked = 0;
            JournalFullException full = null;
            while (full == null && blocked < 500) {
                try {
                    journal.record(of(Verdict.BLOCK), Importance.MUST_KEEP);
                    blocked++;
                } catch (JournalFullException e) {
                    full = e;
                }
            }
            assertThat(full).isNotNull();
            assertThat(blocked).isGreaterThan(10);

            journal.ackedThrough(journal.head().seq()).toCompletableFuture().join();

            Awaitility.await().untilAsserted(() -> {
                List<Event> events = Fixtures.readAll(journal);
                assertThat(events)
                        .anyMatch(event -> event.hasJournalState()
                                && !event.getJournalState().getShortOfRoom());
                assertThat(events)
                        .anyMatch(event -> event.hasLoss() && event.getLoss().getWorstVerdict() == Verdict.BLOCK);
            });
            assertThat(journal.record(of(Verdict.ALLOW), Importance.ORDINARY)).isInstanceOf(Recorded.Durable.class);
        }
        assertThat(Fixtures.scan(folder).broken()).isNull();
    }

    @Test
    void neverTakesMoreThanItsRoomHoweverMuchPassesThrough() throws Exception {
        try (Journal journal = Journal.open(folder, Fixtures.setup(TIGHT))) {
            for (int i = 0; i < 500; i++) {
                assertThat(journal.record(of(Verdict.ALLOW), Importance.ORDINARY))
                        .isInstanceOf(Recorded.Durable.class);
                if (i % 20 == 19) {
                    journal.ackedThrough(journal.head().seq())
                            .toCompletableFuture()
                            .join();
                }
                if (i % 100 == 0) {
                    assertThat(Fixtures.sizeOf(folder)).isLessThanOrEqualTo(TIGHT.bytes() + (64 << 10));
                }
            }
        }
        assertThat(Fixtures.sizeOf(folder)).isLessThanOrEqualTo(TIGHT.bytes() + (64 << 10));
        assertThat(Fixtures.scan(folder).broken()).isNull();
    }

    @Test
    void countsOfLossSurviveACrash() throws Exception {
        Path copy = folder.resolve("copy");
        Path live = folder.resolve("live");
        try (Journal journal = Journal.open(live, Fixtures.setup(TIGHT))) {
            fillWithOrdinary(journal);
            for (int i = 0; i < 6; i++) {
                journal.record(of(Verdict.AUDIT), Importance.ORDINARY);
            }
            Awaitility.await().until(() -> Fixtures.readAll(journal).stream().anyMatch(Event::hasLoss));
            // As a crash would leave it: the losses after the first are not in the chain.
            Fixtures.copy(live, copy);
        }
        StoreState state = Fixtures.scan(copy).state();
        assertThat(state).isNotNull();
        Lost lost = state == null ? null : state.full();
        assertThat(lost).isNotNull();
        assertThat(lost == null ? 0 : lost.count()).isEqualTo(6);
        assertThat(lost == null ? null : lost.worst()).isEqualTo(Verdict.AUDIT);
    }
}
