package org.sekisho.agent.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers that markup cuts or hides. */
final class MarkupTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<p>個人番号</p><p>123456789018</p>",
                "個人番号 12<b>34</b>56<span style=\"color:red\">7890</span>18",
                "個人番号 &#49;2345678901&#x38;",
                "個人番号 &#49&#50&#51;456789018",
                "個人番号 1234&nbsp;5678&ndash;9018",
                "個人番号 &#65297;23456789018",
                "<table><tr><td>個人番号</td><td>1234</td><td>5678</td><td>9018</td></tr></table>",
                "個人番号<br>1234<!-- a > b -->5678<wbr>9018",
                "個人番号 <input value='123456789018'>",
                "<TABLE><TR><TD>マイナンバー<TD>1<TD>2<TD>3<TD>4<TD>5<TD>6<TD>7<TD>8<TD>9<TD>0<TD>1<TD>8</TABLE>",
                "個人番号 1 < 2 & 3 123456789018",
            })
    void html(String html) {
        assertThat(Inspect.bytes(ContentKind.HTML, html.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("my_number:high:1");
        assertThat(Inspect.bytes(ContentKind.HTML, html.getBytes(Charset.forName("windows-31j"))))
                .isEqualTo("my_number:high:1");
        assertThat(Inspect.bytes(ContentKind.HTML, html.getBytes(StandardCharsets.UTF_16)))
                .isEqualTo("my_number:high:1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\\rtf1\\ansi my number 123456789018}",
                "{\\rtf1\\ansi my number {\\b 1234}{\\i 5678}9018}",
                "{\\rtf1\\ansi my number 1234\\~5678\\_9018}",
                "{\\rtf1\\ansi\\ansicpg932 \\'8c\\'c2\\'90\\'6c\\'94\\'d4\\'8d\\'86 \\'82\\'50\\'82\\'51\\'82\\'52456789018}",
                "{\\rtf1\\ansi\\ansicpg932 \\'8c\\'c2\\'90l\\'94\\'d4\\'8d\\'86 \\'82P\\'82Q\\'82R456789018}",
                "{\\rtf1\\ansi\\uc1 \\u20491?\\u20154?\\u30058?\\u21495? \\u-239?\\u-238?3456789018}",
                "{\\rtf1\\ansi\\uc2 my number \\u-239\\'82\\'50\\u-238\\'82\\'5134567890{\\*\\bkmkstart x}18}",
                "{\\rtf1\\ansi my number\\par 1234\\cell 5678\\cell 9018\\cell\\row}",
                "{\\rtf1\\ansi my number 123456\r\n789018}",
            })
    void rtf(String rtf) {
        assertThat(Inspect.bytes(
                        ContentKind.RTF, rtf.replace("{\\*\\bkmkstart x}", "").getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo("my_number:high:1");
    }

    @Test
    void picturesInRtfHoldNoNumbers() {
        java.util.Random random = new java.util.Random(5);
        StringBuilder rtf = new StringBuilder("{\\rtf1{\\pict\\pngblip ");
        for (int i = 0; i < 100_000; i++) {
            rtf.append("%02x".formatted(random.nextInt(256))).append(i % 64 == 63 ? "\r\n" : "");
        }
        assertThat(Inspect.bytes(ContentKind.RTF, rtf.append("}}").toString().getBytes(StandardCharsets.US_ASCII)))
                .doesNotContain("my_number");
    }

    @Test
    void formsAreMergedByTheGreaterCount() {
        byte[] text = "個人番号 123456789018".getBytes(StandardCharsets.UTF_8);
        byte[] far = ("123456789018" + "あ".repeat(400) + "983205673214").getBytes(StandardCharsets.UTF_8);
        assertThat(Inspect.summary(ContentInspector.merge(java.util.List.of(
                        Inspect.labels(ContentKind.UTF8_TEXT, text), Inspect.labels(ContentKind.UTF8_TEXT, far)))))
                .isEqualTo("my_number:low:1 my_number:high:1");
    }
}
