package org.sekisho.agent.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MaskerTest {
    @ParameterizedTest
    @CsvSource({
        "個人番号 123456789018.xlsx, 個人番号 [***].xlsx",
        "１２３４　５６７８　９０１８ 様, [***] 様",
        "1234-5678-9018-1.txt, [***].txt",
        "123456789012, [***]",
        "7000012050002 と 309012345620, [***] と [***]",
        "年金 1234-567890, 年金 [***]",
        "12 34 56 78 90 18, [***]",
        "一二三四五六七八九〇一八, [***]",
    })
    void masksWhatCouldBeANumber(String text, String masked) {
        assertThat(Masker.mask(text)).isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "議事録", "議事録 2024-11-22 10:30:15.docx", "2024.04.01-2025.03.31", "Book1 - Excel", "第3回 R6"})
    void leavesOthersAlone(String text) {
        assertThat(Masker.mask(text)).isSameAs(text);
    }

    /** By seed, so that a failure names no number. */
    @Property(tries = 3000)
    void noTenDigitsInARowAreLeft(@ForAll long seed) {
        Random random = new Random(seed);
        String alphabet = "01234567890123456789０１２３４５６７８９ -./_,年";
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(60); length > 0; length--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        String masked = Masker.mask(text.toString());
        int run = 0;
        int longest = 0;
        for (int i = 0; i < masked.length(); i++) {
            run = Character.isDigit(masked.charAt(i)) ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        assertThat(longest).isLessThan(10);
        assertThat(Masker.mask(masked).equals(masked)).isTrue();
    }
}
