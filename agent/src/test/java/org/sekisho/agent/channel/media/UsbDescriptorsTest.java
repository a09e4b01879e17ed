package org.sekisho.agent.channel.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The corpus of descriptors: {@code descriptors.txt}, one device a line. */
class UsbDescriptorsTest {
    /**
     * A line of the corpus.
     *
     * @param expected classes that it must come to, or {@code broken} with a word of why
     */
    record Sample(String name, String expected, byte[] bytes) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Sample> corpus() throws IOException {
        return lines("descriptors.txt").stream().map(line -> {
            String[] parts = line.split("\\s*\\|\\s*", -1);
            return new Sample(parts[0], parts[1], HexFormat.of().parseHex(parts[2].replace(" ", "")));
        });
    }

    static List<String> lines(String resource) throws IOException {
        InputStream in = Objects.requireNonNull(UsbDescriptorsTest.class.getResourceAsStream(resource), resource);
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void isReadOrRefused(Sample sample) throws Exception {
        if (sample.expected().startsWith("broken")) {
            assertThatThrownBy(() -> UsbDescriptors.parse(sample.bytes()))
                    .isInstanceOf(BrokenDescriptorsException.class)
                    .hasMessageContaining(
                            sample.expected().substring("broken".length()).strip());
        } else {
            assertThat(DescriptorBytes.classes(sample.bytes()).toString()).isEqualTo("[" + sample.expected() + "]");
        }
    }

    static Stream<Sample> valid() throws IOException {
        return corpus().filter(sample -> !sample.expected().startsWith("broken"));
    }

    @ParameterizedTest
    @MethodSource("valid")
    void noTornPrefixIsRead(Sample sample) {
        for (int length = 0; length < sample.bytes().length; length++) {
            byte[] torn = Arrays.copyOf(sample.bytes(), length);
            assertThatThrownBy(() -> UsbDescriptors.parse(torn))
                    .as("%d of %d bytes", length, sample.bytes().length)
                    .isInstanceOf(BrokenDescriptorsException.class);
        }
    }
}
