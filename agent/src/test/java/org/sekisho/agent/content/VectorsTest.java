package org.sekisho.agent.content;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The published vectors of the numbers that must be detected. */
final class VectorsTest {
    @ParameterizedTest
    @ValueSource(strings = {"123456789018", "983205673214", "621498320257", "379474484458", "111111111118"})
    void validMyNumbersAreLowAloneAndHighBesideAKeyword(String number) {
        assertThat(Inspect.text(number)).contains("my_number:low:1");
        assertThat(Inspect.text("個人番号は " + number + " です")).contains("my_number:high:1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"123456789012", "000000000000", "7000012050002", "5835678256246"})
    void whatIsNoMyNumberIsNone(String number) {
        assertThat(Inspect.text("マイナンバー " + number)).doesNotContain("my_number");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7000012050002", "5835678256246", "7-0000-1205-0002", "T7000012050002"})
    void corporateNumbers(String number) {
        assertThat(Inspect.text(number)).isEqualTo("corporate_number:low:1");
        assertThat(Inspect.text("法人番号：" + number)).isEqualTo("corporate_number:high:1");
    }

    @ParameterizedTest
    @CsvSource({"309012345620,true", "309212345610,false"})
    void driversLicences(String number, boolean valid) {
        assertThat(Inspect.text("運転免許証番号 " + number).contains("drivers_license:high:1"))
                .isEqualTo(valid);
    }

    @ParameterizedTest
    @CsvSource({
        "住民票コード 12345678901, resident_code:high:1",
        "住民票コード 12345-67890-1, resident_code:high:1",
        "携帯 12345678901, ''",
        "基礎年金番号 1234-567890, pension_number:high:1",
        "基礎年金番号 1234567890, pension_number:high:1",
        "整理番号 1234-567890, ''"
    })
    void numbersToldByKeyword(String text, String found) {
        assertThat(Inspect.text(text)).isEqualTo(found);
    }
}
