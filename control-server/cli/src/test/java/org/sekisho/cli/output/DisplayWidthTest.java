package org.sekisho.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisplayWidthTest {
    // Unicode UAX #11: wide and full-width take two columns, half-width and combining marks one and none.
    @ParameterizedTest
    @CsvSource({"abc,3", "関所,4", "ｶﾅ,2", "ＡＢ,4", "がが,4", "か\u3099,2", "é,1", "𠮷,2", "（）,4"})
    void countsColumns(String text, int columns) {
        assertThat(DisplayWidth.of(text)).isEqualTo(columns);
    }
}
