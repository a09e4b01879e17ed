package org.sekisho.agent.os.windows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {

    /** Microsoft, "Parsing C command-line arguments". */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "plain, '\"plain\"'",
                "'with blank', '\"with blank\"'",
                "'', '\"\"'",
                "C:\\dir\\file, '\"C:\\dir\\file\"'",
                "C:\\dir\\, '\"C:\\dir\\\\\"'",
                "say\"hi\", '\"say\\\"hi\\\"\"'",
                "end\\\"x, '\"end\\\\\\\"x\"'",
                "日本, '\"日本\"'",
            })
    void quotes(String part, String quoted) {
        assertThat(CommandLine.of(List.of(part))).isEqualTo(quoted);
        assertThat(CommandLine.of(List.of(part, part))).isEqualTo(quoted + " " + quoted);
    }
}
