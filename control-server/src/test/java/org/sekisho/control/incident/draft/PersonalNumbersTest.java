package org.sekisho.control.incident.draft;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PersonalNumbersTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "番号は123456789018です",
                "1234-5678-9018",
                "１２３４　５６７８　９０１８",
                "1234‐5678－9018",
                "1234\n5678\n9018",
                "1234 - 5678 - 9018",
                // The check digit doesn't matter.
                "123456789012"
            })
    void twelveDigitsAreTakenForANumberHoweverTheyAreGrouped(String text) {
        assertThat(PersonalNumbers.in(text)).isTrue();
        assertThat(PersonalNumbers.masked(text)).contains("[***]").doesNotContainPattern("\\p{Nd}{4}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-26 09:30 から 2026-11-27 10:00 まで",
                "電話 0258-35-1122",
                "法人番号 7000012050002",
                "インシデント 41、延べ 1,234 件",
                "1234-5678-901"
            })
    void datesTelephonesAndCorporateNumbersStay(String text) {
        assertThat(PersonalNumbers.in(text)).isFalse();
        assertThat(PersonalNumbers.masked(text)).isEqualTo(text);
    }

    @Test
    void aMaskedTextHasNoneLeft() {
        assertThat(PersonalNumbers.masked("a 123456789018 b 1234-5678-9018 c")).isEqualTo("a [***] b [***] c");
    }
}
