package org.sekisho.agent.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.v1.Label;

/** What looks like a number and is none, one by one and ten thousand at a time. */
final class FalsePositiveTest {
    private static final int MANY = 10_000;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1234567890180",
                "0123456789018",
                "12345678901",
                "202411221230",
                "20241122-1230",
                "2024-11-22 12:30",
                "192.168.100.200",
                "4111-1111-1111-1111",
                "4111 1111 1111 1111",
                "0.123456789018",
                "123,456,789,018円",
                "1-1234-5678-9018",
                "1234-5678-9018-1234-5678",
                "ab123456789018cd",
                "03-1234-5678",
            })
    void isNotFound(String text) {
        assertThat(Inspect.text(text)).doesNotContain("my_number");
    }

    @Test
    void timestampsAreNoNumbers() {
        DateTimeFormatter format = DateTimeFormatter.ofPattern("yyyyMMddHHmm");
        assertThat(count(random -> format.format(
                        LocalDateTime.of(1990 + random.nextInt(50), 1, 1, 0, 0).plusMinutes(random.nextInt(525_600)))))
                .isZero();
    }

    @Test
    void telephoneNumbersAndDatesAreNoNumbers() {
        assertThat(count(random -> "0%d-%02d-%04d"
                        .formatted(100 + random.nextInt(900), random.nextInt(100), random.nextInt(10_000))))
                .isZero();
        assertThat(count(random -> "090-%04d-%04d".formatted(random.nextInt(10_000), random.nextInt(10_000))))
                .isZero();
        assertThat(count(random -> "%d/%02d/%02d"
                        .formatted(1950 + random.nextInt(100), 1 + random.nextInt(12), 1 + random.nextInt(28))))
                .isZero();
        assertThat(count(random -> "%,d円".formatted(100_000_000_000L + random.nextInt(Integer.MAX_VALUE))))
                .isZero();
    }

    @Test
    void longerAndShorterRunsAreNoNumbers() {
        assertThat(count(random -> "%013d".formatted(random.nextLong(10_000_000_000_000L))))
                .isZero();
        assertThat(count(random -> "%011d".formatted(random.nextLong(100_000_000_000L))))
                .isZero();
    }

    /** One in ten passes the check; chance alone must not make a list of them. */
    @Test
    void twelveRandomDigitsAreLowOneTimeInTen() {
        assertThat(count(random -> "%012d".formatted(random.nextLong(1_000_000_000_000L))))
                .isBetween(MANY / 10 - 150L, MANY / 10 + 150L);
    }

    /** Of ten thousand, each alone in a line between words; nothing may be of high grade. */
    private static long count(Function<Random, String> text) {
        Random random = new Random(20_241_122);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < MANY; i++) {
            lines.append("整理 ").append(text.apply(random)).append(" 完了\n");
        }
        long count = 0;
        for (Label label :
                Inspect.labels(ContentKind.PLAIN_BYTES, lines.toString().getBytes(StandardCharsets.UTF_8))) {
            if (label.getLabel().equals("my_number")) {
                assertThat(Finding.of(label).isHigh()).isFalse();
                count += label.getCount();
            }
        }
        return count;
    }
}
