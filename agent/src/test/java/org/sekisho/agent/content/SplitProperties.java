package org.sekisho.agent.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** However a content is cut and encoded, the same is found in it. */
final class SplitProperties {
    private static final List<Charset> CHARSETS = List.of(
            StandardCharsets.UTF_8,
            StandardCharsets.UTF_16LE,
            StandardCharsets.UTF_16BE,
            StandardCharsets.UTF_16,
            Charset.forName("windows-31j"),
            Charset.forName("EUC-JP"),
            Charset.forName("ISO-2022-JP"));

    @Property(tries = 300)
    void cutsMakeNoDifference(@ForAll("texts") String text, @ForAll ContentKind kind, @ForAll Random random) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Inspection inspection = ContentInspector.of(Inspect.FINGERPRINTER).open(kind);
        for (int at = 0; at < bytes.length; ) {
            int length = Math.min(bytes.length - at, 1 + random.nextInt(1 + random.nextInt(40)));
            inspection.update(bytes, at, length);
            at += length;
        }
        assertThat(inspection.finish()).isEqualTo(Inspect.labels(kind, bytes));
    }

    @Property(tries = 500)
    void encodingsMakeNoDifference(@ForAll("texts") String text) {
        String found = Inspect.text(text);
        for (Charset charset : CHARSETS) {
            assertThat(Inspect.encoded(text, charset)).as(charset.name()).isEqualTo(found);
        }
    }

    /** Windows of 128 KiB and blocks of 64 KiB have borders: numbers across them are found too. */
    @Property(tries = 20)
    void bordersWithinMakeNoDifference(@ForAll Random random) {
        int rows = 20_000;
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < rows; i++) {
            text.append("あ".repeat(random.nextInt(8)))
                    .append("個人番号 ")
                    .append(Inspect.validNumber(random))
                    .append("、\n");
        }
        for (Charset charset :
                List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, Charset.forName("windows-31j"))) {
            assertThat(Inspect.encoded(text.toString(), charset))
                    .as(charset.name())
                    .contains("my_number:high:" + rows);
        }
    }

    /** ASCII first, so that the encoding seems clear, and another encoding behind. */
    @Property(tries = 20)
    void aLateChangeOfEncodingHidesNothing(@ForAll("lines") List<String> lines) {
        byte[] ascii = "plain ascii line\n".repeat(10_000).getBytes(StandardCharsets.US_ASCII);
        String text = "個人番号 １２３４５６７８９０１８ です\n" + String.join("", lines);
        for (Charset charset :
                List.of(Charset.forName("windows-31j"), Charset.forName("EUC-JP"), Charset.forName("ISO-2022-JP"))) {
            byte[] tail = text.getBytes(charset);
            byte[] bytes = java.util.Arrays.copyOf(ascii, ascii.length + tail.length);
            System.arraycopy(tail, 0, bytes, ascii.length, tail.length);
            assertThat(Inspect.bytes(ContentKind.PLAIN_BYTES, bytes))
                    .as(charset.name())
                    .contains("my_number:high:");
        }
    }

    @Provide
    Arbitrary<String> texts() {
        return lines().map(lines -> String.join("", lines));
    }

    @Provide
    Arbitrary<List<String>> lines() {
        Arbitrary<String> words = Arbitraries.of(
                "本市の情報資産を取り扱う職員は、",
                "マイナンバー",
                "個人番号カードの交付について。",
                "電話 0258-35-1122",
                "平成30年4月1日から令和7年3月31日まで",
                "カタカナとひらがなの文章です。",
                "Minutes of the meeting, ",
                "合計 1,234,567円",
                "（別紙）",
                "\n",
                "\r\n");
        Arbitrary<String> numbers = Arbitraries.of(
                "123456789018",
                "９８３２０５６７３２１４",
                "6214-9832-0257",
                "3794　7448　4458",
                "1111\t1111\t1118",
                "123456789012",
                "7000012050002",
                "309012345620");
        return Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(4, words), net.jqwik.api.Tuple.of(1, numbers.map(n -> "、" + n + "様")))
                .list()
                .ofMaxSize(40)
                .map(list -> list.isEmpty() ? List.of("本日の会議") : list);
    }
}
