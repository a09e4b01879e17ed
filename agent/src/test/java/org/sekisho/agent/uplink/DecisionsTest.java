package org.sekisho.agent.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.sekisho.agent.uplink.EnrolmentException.Reason;
import org.sekisho.v1.Credit;

/** The small decisions of the uplink, each by itself. */
class DecisionsTest {
    private static final Duration CAP = Duration.ofMinutes(5);
    private static final Instant START = Instant.parse("2026-04-01T00:00:00Z");

    @Property
    void aWaitIsNeverLongerThanItsCeilingNorTheCap(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int failures) {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), CAP, new Random(seed));
        for (int i = 0; i < failures; i++) {
            long ceiling = Math.min(CAP.toMillis(), 1_000L << Math.min(i, 40));
            assertThat(backoff.failed().toMillis()).isBetween(0L, ceiling);
        }
    }

    @Test
    void terminalsThatFailTogetherComeBackSpread() {
        long distinct = java.util.stream.IntStream.range(0, 200)
                .mapToObj(seed -> {
                    Backoff backoff = new Backoff(Duration.ofSeconds(1), CAP, new Random(seed));
                    for (int i = 0; i < 8; i++) {
                        backoff.failed();
                    }
                    return backoff.failed().toSeconds() / 10;
                })
                .distinct()
                .count();
        assertThat(distinct).isGreaterThan(20);
    }

    @Test
    void onlyAConnectionThatLastedMakesTheNextWaitShort() {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), CAP, new Always());
        backoff.failed();
        backoff.failed();
        backoff.ended(Duration.ofSeconds(2));
        assertThat(backoff.failed()).isEqualTo(Duration.ofSeconds(4));
        backoff.ended(Duration.ofHours(1));
        assertThat(backoff.failed()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void creditIsUnsignedAndDoesNotWrap() {
        CreditWindow window = new CreditWindow();
        for (int i = 0; i < 3; i++) {
            window.add(Credit.newBuilder().setEvents(-1).setBytes(-1).build());
        }
        assertThat(window.events(Integer.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
        assertThat(window.use(10, 10)).isTrue();
    }

    @Test
    void creditThatIsNotThereIsNotUsed() {
        CreditWindow window = new CreditWindow();
        window.add(Credit.newBuilder().setEvents(2).setBytes(100).build());
        assertThat(window.use(2, 101)).isFalse();
        assertThat(window.use(3, 100)).isFalse();
        assertThat(window.use(2, 100)).isTrue();
        assertThat(window.use(1, 0)).isFalse();
        assertThatThrownBy(() -> window.use(-1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void aCertificateIsRenewedAfterTwoThirdsOfItsLife(
            @ForAll @LongRange(min = 3, max = 100_000_000) long life,
            @ForAll @LongRange(min = 0, max = 200_000_000) long age) {
        Instant end = START.plusSeconds(life);
        Duration wait = RenewalSchedule.firstTry(START, end, START.plusSeconds(age));

        assertThat(wait).isGreaterThanOrEqualTo(Duration.ZERO);
        if (age <= life * 2 / 3) {
            assertThat(START.plusSeconds(age).plus(wait))
                    .isBetween(START.plusSeconds(life * 2 / 3), START.plusSeconds(life * 2 / 3 + 1));
        }
    }

    @Property
    void anotherTryComesBeforeTheEndButNotTooSoon(@ForAll @LongRange(min = -1_000, max = 10_000_000) long left) {
        Duration wait = RenewalSchedule.nextTry(START.plusSeconds(left), START);

        assertThat(wait).isGreaterThanOrEqualTo(RenewalSchedule.SHORTEST_PAUSE);
        if (left > 120) {
            assertThat(wait).isLessThan(Duration.ofSeconds(left));
        }
    }

    @Test
    void aTokenIsReadAndNeverShown() {
        String secret = "B".repeat(43);
        EnrolmentToken token = EnrolmentToken.parse(" skt1." + "A".repeat(43) + "." + secret + "\n")
                .orElseThrow();

        assertThat(token.caSha256()).hasSize(32).containsOnly(0);
        assertThat(token.toString()).doesNotContain(secret);
    }

    @Test
    void whatIsNoTokenIsRefused() {
        for (String text : new String[] {"", "skt1", "skt2." + "A".repeat(43) + "." + "A".repeat(43), "skt1.AA.AA"}) {
            assertThat(EnrolmentToken.parse(text)).as(text).isEmpty();
        }
    }

    @Test
    void aRefusalIsReadFromItsProblemDocument() {
        assertThat(refusal(410, "{\"code\":\"token_used_up\",\"detail\":\"on 1 May\"}"))
                .isEqualTo(Reason.TOKEN_USED_UP);
        assertThat(refusal(410, "{\"code\": \"TOKEN_EXPIRED\"}")).isEqualTo(Reason.TOKEN_EXPIRED);
        assertThat(refusal(401, "")).isEqualTo(Reason.TOKEN_UNKNOWN);
        assertThat(refusal(500, "<html>")).isEqualTo(Reason.REFUSED);
    }

    private static Reason refusal(int status, String body) {
        return EnrolmentRefusal.read(status, body).reason();
    }

    /** Draws the largest number each time. */
    private static final class Always implements java.util.random.RandomGenerator {
        @Override
        public long nextLong() {
            return Long.MAX_VALUE;
        }

        @Override
        public long nextLong(long bound) {
            return bound - 1;
        }
    }
}
