package org.sekisho.control.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sekisho.v1.Severity;
import org.sekisho.v1.Verdict;

/** Joins, windows and thresholds, as a replay sees them. */
class IncidentReplayTest {
    private static final Instant NOON = Instant.parse("2026-11-22T03:00:00Z");

    @Test
    void repetitionsJoinAndLaterOnesOpenAnother() {
        IncidentReplay replay = replay(1, 60, 60);
        saw(replay, "a", 0, 59, 118, 179);

        assertThat(replay.incidents()).isEqualTo(2);
        assertThat(replay.lines().getFirst()).isEqualTo(new IncidentReplay.Line("blocked", 4, 2));
    }

    @Test
    void aThresholdIsReachedWithinItsWindowOnly() {
        IncidentReplay slow = replay(3, 10, 5);
        saw(slow, "a", 0, 9, 18, 27);
        assertThat(slow.incidents()).isZero();

        IncidentReplay fast = replay(3, 10, 5);
        saw(fast, "a", 0, 4, 8);
        assertThat(fast.incidents()).isEqualTo(1);
    }

    @Test
    void peopleAreStoriesOfTheirOwn() {
        IncidentReplay replay = replay(2, 60, 60);
        saw(replay, "a", 0);
        saw(replay, "b", 1);
        assertThat(replay.incidents()).isZero();
        saw(replay, "b", 2);
        assertThat(replay.incidents()).isEqualTo(1);
    }

    private static IncidentReplay replay(int threshold, int window, int join) {
        IncidentRule blocked = new IncidentRule(
                "blocked",
                "止めた操作",
                true,
                List.of(IncidentKind.ATTEMPT),
                List.of(),
                List.of("BLOCK"),
                "LOW",
                threshold,
                window,
                join,
                24);
        IncidentRule record = IncidentRules.SHIPPED.all().stream()
                .filter(rule -> rule.id().equals("record"))
                .findFirst()
                .orElseThrow();
        return new IncidentReplay(IncidentRules.of(List.of(blocked, record)));
    }

    private static void saw(IncidentReplay replay, String user, int... minutes) {
        for (int minute : minutes) {
            Instant at = NOON.plusSeconds(60L * minute);
            replay.saw(
                    new IncidentReport(
                            IncidentKind.ATTEMPT,
                            Severity.LOW,
                            "t1",
                            user,
                            "r",
                            2,
                            Verdict.BLOCK_VALUE,
                            Set.of(),
                            "",
                            1,
                            at,
                            at),
                    at);
        }
    }
}
