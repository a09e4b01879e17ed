package org.sekisho.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.v1.Policy;

/** Texts that are policies, and texts that are not: those say in their first lines what is to be found, and where. */
class PolicyCorpusTest {
    static Stream<Path> valid() throws IOException, URISyntaxException {
        return files("valid");
    }

    static Stream<Path> invalid() throws IOException, URISyntaxException {
        return files("invalid");
    }

    private static Stream<Path> files(String folder) throws IOException, URISyntaxException {
        Path path = Path.of(Objects.requireNonNull(PolicyCorpusTest.class.getResource(folder))
                .toURI());
        try (Stream<Path> files = Files.list(path)) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("valid")
    void readsAndWritesBack(Path file) throws Exception {
        Policy policy = PolicyDocument.parse(Files.readAllBytes(file)).policy();

        assertThat(PolicyDocument.parse(PolicyDocument.render(policy)).policy()).isEqualTo(policy);
        assertThat(PolicyDocument.fromJson(PolicyDocument.toJson(policy))).isEqualTo(policy);
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void saysAllThatIsWrongAndWhere(Path file) throws IOException {
        byte[] yaml = Files.readAllBytes(file);
        List<String> expected = new String(yaml, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("# expect: "))
                .map(line -> line.substring("# expect: ".length()))
                .toList();

        PolicySyntaxException refused =
                catchThrowableOfType(PolicySyntaxException.class, () -> PolicyDocument.parse(yaml));

        assertThat(refused).as("%s is refused", file.getFileName()).isNotNull();
        assertThat(refused.findings())
                .extracting(found -> found.code().id() + " " + found.line() + ":" + found.column())
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(refused.findings()).allSatisfy(found -> {
            assertThat(found.text(Locale.JAPANESE)).isNotBlank().doesNotContain("{");
            assertThat(found.text(Locale.ENGLISH)).isNotBlank();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"Shift_JIS", "EUC-JP", "UTF-16"})
    void saysThatAnotherEncodingIsNotUtf8(String encoding) {
        byte[] yaml = "segment: lgwan\nname: 個人番号\n".getBytes(Charset.forName(encoding));

        assertThatExceptionOfType(PolicySyntaxException.class)
                .isThrownBy(() -> PolicyDocument.parse(yaml))
                .satisfies(refused -> {
                    Finding first = refused.findings().get(0);
                    assertThat(first.code()).isEqualTo(FindingCode.NOT_UTF8);
                    assertThat(first.line()).isEqualTo(encoding.equals("UTF-16") ? 1 : 2);
                });
    }

    @Test
    void refusesWhatIsTooLargeBeforeReadingIt() {
        byte[] yaml = new byte[YamlText.MAX_BYTES + 1];

        assertThatExceptionOfType(PolicySyntaxException.class)
                .isThrownBy(() -> PolicyDocument.parse(yaml))
                .satisfies(refused -> assertThat(refused.findings())
                        .singleElement()
                        .extracting(Finding::code)
                        .isEqualTo(FindingCode.TOO_LARGE));
    }

    @Test
    void refusesMoreRulesThanThereMayBe() {
        String rules = "  - {id: a, channel: media, verdict: block}\n".repeat(2_001);

        assertThatExceptionOfType(PolicySyntaxException.class)
                .isThrownBy(() -> PolicyDocument.parse("segment: lgwan\nname: n\nrules:\n" + rules))
                .satisfies(refused -> assertThat(refused.findings())
                        .singleElement()
                        .satisfies(found -> {
                            assertThat(found.code()).isEqualTo(FindingCode.TOO_MANY_ITEMS);
                            assertThat(found.line()).isEqualTo(2_004);
                        }));
    }

    @Test
    void tellsNoMoreThanAPersonReads() {
        assertThatExceptionOfType(PolicySyntaxException.class)
                .isThrownBy(() -> PolicyDocument.parse("a: 1\n".repeat(5_000)))
                .satisfies(refused -> assertThat(refused.findings()).hasSizeBetween(500, 501));
    }

    @Test
    void findingsOfTheCheckStandWhereTheTextHasThem() throws PolicySyntaxException {
        ParsedPolicy parsed = PolicyDocument.parse("""
                segment: lgwan
                name: n
                defaults:
                  - {channel: media, verdict: allow}
                rules:
                  - id: a
                    channel: media
                    media:
                      vendor-ids: [0781, "07 1"]
                    verdict: block
                """);

        assertThat(PolicyCheck.check(parsed, Instant.EPOCH))
                .filteredOn(found -> found.level() == FindingLevel.ERROR)
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.code()).isEqualTo(FindingCode.BAD_HEX);
                    assertThat(found.rule()).isEqualTo("a");
                    assertThat(found.position()).isEqualTo(new Position(9, 26));
                });
    }
}
