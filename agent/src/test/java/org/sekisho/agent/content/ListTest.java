package org.sekisho.agent.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sekisho.v1.Grade;
import org.sekisho.v1.Label;

final class ListTest {
    @Test
    void aColumnOfValidNumbersIsHigh() {
        assertThat(Inspect.text(column(30))).contains("my_number:high:30");
    }

    @Test
    void aFewAreNoList() {
        assertThat(Inspect.text(column(4))).contains("my_number:low:4");
    }

    @Test
    void theSameNumberOverAndOverIsNoList() {
        assertThat(Inspect.text("123456789018,山田\n".repeat(100))).isEqualTo("my_number:low:100");
    }

    @Test
    void aListInTheMiddleOfOtherNumbersIsHigh() {
        Random random = new Random(3);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            text.append("%012d ".formatted(random.nextLong(1_000_000_000_000L))).append("部品\n");
        }
        String others = text.toString();
        assertThat(Inspect.text(others)).doesNotContain("my_number:high");
        assertThat(Inspect.text(others + column(30) + others)).contains("my_number:high");
    }

    @Test
    void fingerprintsAreOfDistinctNumbersAndBounded() {
        Label high =
                Inspect.labels(ContentKind.UTF8_TEXT, column(100).getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .stream()
                        .filter(label -> label.getGrade() == Grade.HIGH_CONFIDENCE)
                        .findFirst()
                        .orElseThrow();
        assertThat(high.getFingerprintsList())
                .hasSize(32)
                .doesNotHaveDuplicates()
                .allMatch(f -> f >>> 24 == 0);
        Label repeated = Inspect.labels(
                        ContentKind.UTF8_TEXT,
                        "個人番号 123456789018 １２３４-５６７８-９０１８".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .getFirst();
        assertThat(repeated.getCount()).isEqualTo(2);
        assertThat(repeated.getFingerprintsList()).hasSize(1);
    }

    private static String column(int rows) {
        Random random = new Random(7);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < rows; i++) {
            text.append(Inspect.validNumber(random)).append(",山田\n");
        }
        return text.toString();
    }
}
