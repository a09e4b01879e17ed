package org.sekisho.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {
    @Test
    void controlAndFormatCharactersAreReplaced() {
        assertThat(Printable.line("a\u001b[31mb\u009bc\u202ed\u2028e")).isEqualTo("a\uFFFD[31mb\uFFFDc\uFFFDd\uFFFDe");
    }

    @Test
    void japaneseAndEmojiStay() {
        assertThat(Printable.line("関所 ｶﾅ 𠮷 🗾")).isEqualTo("関所 ｶﾅ 𠮷 🗾");
    }

    @Test
    void lineBreaksStayOnlyInBlocks() {
        assertThat(Printable.line("a\nb")).isEqualTo("a b");
        assertThat(Printable.lines("a\n\tb\r")).isEqualTo("a\n\tb\uFFFD");
    }
}
