package org.sekisho.agent.content;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ways to write a number that a person still reads. */
final class EvasionTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "123456789018",
                "１２３４５６７８９０１８",
                "1234 5678 9018",
                "1234　5678　9018",
                "1234-5678-9018",
                "1234‐5678‑9018",
                "1234–5678—9018",
                "1234−5678－9018",
                "１２３４ー５６７８ｰ９０１８",
                "1234.5678.9018",
                "1234・5678・9018",
                "12-3456-789018",
                "123456-789018",
                "1-2-3-4-5-6-7-8-9-0-1-8",
                "1 2 3 4 5 6 7 8 9 0 1 8",
                "1\t2\t3\t4\t5\t6\t7\t8\t9\t0\t1\t8",
                "1234\t5678\t9018",
                "1234,5678,9018",
                "\"1234\",\"5678\",\"9018\"",
                "山田,1234,5678,9018,2024",
                "1234\n5678\n9018",
                "1234-5678-\r\n9018",
                "1234 5678\n9018",
                "<td>1234</td>\n  <td class=\"x\">5678</td><td>9018</td>",
                "<td>1</td><td>2</td><td>3</td><td>4</td><td>5</td><td>6</td><td>7</td><td>8</td><td>9</td><td>0</td><td>1</td><td>8</td>",
                "1\u200B2\u200B3\u200B4\u200B5\u200B6\u200B7\u200B8\u200B9\u200B0\u200B1\u200B8",
                "1\u03012\u03363456789018",
                "1\uFE0F\u20E32\uFE0F\u20E33456789018",
                "123456\u00AD789018",
                "１\uDB40\uDD0023456789018",
                "١٢٣٤٥٦٧٨٩٠١٨",
                "𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗𝟎𝟏𝟖",
                "一二三四五六七八九〇一八",
                "一二三四　五六七八　九〇一八",
                "①②③④⑤⑥⑦⑧⑨⓪①⑧",
                "①123456789018",
                "A123456789018",
                "番号123456789018様",
                "1234/5678/9018",
                "1234_5678_9018",
                "x12\u000034567\u000089018",
            })
    void isFound(String number) {
        assertThat(Inspect.text(number)).contains("my_number:low:1");
        assertThat(Inspect.text("前の文。" + number + "。次の文")).contains("my_number:low:1");
        assertThat(Inspect.text("共通番号：" + number)).contains("my_number:high:1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "マイナンバー",
                "ﾏｲﾅﾝﾊﾞｰ",
                "まいなんばー",
                "マイ　ナン\nバー",
                "個人番号",
                "個 人 番 号",
                "個人番号カード",
                "通知カード",
                "共通番号",
                "個人識別番号",
                "My Number",
                "MYNUMBER",
                "ｍｙ－ｎｕｍｂｅｒ",
                "my_number",
            })
    void keywordsAreFolded(String keyword) {
        assertThat(Inspect.text(keyword + ": 123456789018")).isEqualTo("my_number:high:1");
        assertThat(Inspect.text("123456789018 (" + keyword + ")")).isEqualTo("my_number:high:1");
    }

    @Test
    void keywordsCountWithinThreeHundredCharactersOnly() {
        assertThat(Inspect.text("個人番号" + "あ".repeat(290) + "123456789018")).isEqualTo("my_number:high:1");
        assertThat(Inspect.text("個人番号" + "あ".repeat(320) + "123456789018")).isEqualTo("my_number:low:1");
        assertThat(Inspect.text("123456789018" + "あ".repeat(290) + "個人番号")).isEqualTo("my_number:high:1");
        assertThat(Inspect.text("123456789018" + "あ".repeat(320) + "個人番号")).isEqualTo("my_number:low:1");
    }

    @Test
    void aWordThatOnlyContainsAKeywordIsNone() {
        assertThat(Inspect.text("dummy number: 123456789018")).isEqualTo("my_number:low:1");
        assertThat(Inspect.text("マイナス 123456789018")).isEqualTo("my_number:low:1");
    }
}
