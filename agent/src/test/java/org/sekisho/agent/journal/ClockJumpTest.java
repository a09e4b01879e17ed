package org.sekisho.agent.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.v1.Event;

class ClockJumpTest {
    @TempDir
    Path folder;

    private final TurnedClocks clocks = new TurnedClocks();

    private List<Event> after(Runnable turning) {
        try (Journal journal = Journal.open(folder, Fixtures.setup(Fixtures.SMALL, clocks))) {
            journal.record(Fixtures.stopped("before"), Importance.MUST_KEEP);
            turning.run();
            Recorded last = journal.record(Fixtures.stopped("after"), Importance.MUST_KEEP);
            Awaitility.await().until(() -> journal.head().seq() >= ((Recorded.Durable) last).seq());
            return Fixtures.readAll(journal);
        }
    }

    @Test
    void aYearAheadAndAYearBackAreRecordedBeforeTheNextEvent() {
        Duration year = Duration.ofDays(365);
        List<Event> ahead = after(() -> clocks.set(year));
        assertThat(ahead.get(1).getClockJumped().getJumpMillis()).isEqualTo(year.toMillis());
        assertThat(ahead.get(2).getOccurredAtMicros() - ahead.get(0).getOccurredAtMicros())
                .isEqualTo(year.toMillis() * 1_000);
        assertThat(ahead.get(2).getMonotonicNanos()).isEqualTo(ahead.get(0).getMonotonicNanos());

        List<Event> back = after(() -> clocks.set(year.negated()));
        assertThat(back.stream()
                        .filter(Event::hasClockJumped)
                        .map(e -> e.getClockJumped().getJumpMillis()))
                .containsExactly(year.toMillis(), -year.toMillis());
    }

    @Test
    void anIdleJournalNoticesToo() {
        try (Journal journal = Journal.open(folder, Fixtures.setup(Fixtures.SMALL, clocks))) {
            clocks.set(Duration.ofMinutes(1));
            journal.poke();
            Awaitility.await().until(() -> Fixtures.readAll(journal).stream().anyMatch(Event::hasClockJumped));
            assertThat(journal.head().seq()).isPositive();
        }
    }

    @Test
    void neitherTimePassingNorSlewingNorSleepingIsAJump() {
        List<Event> events = after(() -> {
            clocks.pass(Duration.ofDays(3));
            clocks.set(Duration.ofMillis(1_900));
            clocks.sleep(Duration.ofHours(9));
        });
        assertThat(events).noneMatch(Event::hasClockJumped);
    }

    @Test
    void aClockThatGoesBackBetweenTwoRunsIsRecorded() {
        after(() -> {});
        clocks.set(Duration.ofDays(-30));

        assertThat(after(() -> {}))
                .anySatisfy(event -> assertThat(event.getClockJumped().getJumpMillis())
                        .isEqualTo(Duration.ofDays(-30).toMillis()));
    }
}
