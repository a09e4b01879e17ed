package org.sekisho.packaging.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The same rules as a person would write them with java.util.regex: one pattern for the ways to write ten to thirteen digits
 * (digits of any script, invisible characters between them, separators between groups or single digits), check digits on what
 * it finds, and a second pattern for the keywords of all five numbers around what could be one. Compiled once, possessive
 * wherever that can't change a match, fed a MiB of whole lines at a time. It lacks the rarer groupings, lists and HTML.
 */
final class RegexPeer {
    private static final String DIGIT = "[\\p{Nd}〇一二三四五六七八九零壱弐参①-⑨⓪]";
    private static final String UNSEEN = "[\\p{Mn}\\p{Me}\\p{Cf}]*+";
    private static final String JOIN = "[\\p{Zs}\\p{Pd}−ー－ｰ.．・･。,，、\\t\\r\\n\"'|/_:]{1,8}+";
    private static final String FOUR = DIGIT + "(?:" + UNSEEN + DIGIT + "){3}";
    private static final Pattern NUMBER = Pattern.compile("(?<!" + DIGIT + ")(?:"
            + DIGIT + "(?:" + UNSEEN + DIGIT + "){9,12}"
            + "|(?:" + DIGIT + JOIN + ")?" + FOUR + JOIN + FOUR + JOIN + FOUR
            + "|" + FOUR + JOIN + DIGIT + "(?:" + UNSEEN + DIGIT + "){5}"
            + "|" + DIGIT + "(?:" + JOIN + DIGIT + "){9,12}"
            + ")(?!" + UNSEEN + DIGIT + ")");
    private static final Pattern KEYWORD = Pattern.compile(
            "(?<my>マイナンバー|ﾏｲﾅﾝﾊﾞｰ|個人番号|個人ナンバー|通知カード|共通番号|個人識別番号|my[\\s_-]?number|individual number)"
                    + "|(?<other>法人番号|適格請求書|インボイス|corporate number|運転免許|免許証|driver'?s? licen[sc]e"
                    + "|住民票コード|住基コード|resident code|年金番号|年金手帳|pension number)",
            Pattern.CASE_INSENSITIVE);
    private static final int[] WEIGHTS = {6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2};
    /** Longest of the numbers that only a keyword tells. */
    private static final int KEYWORD_ALONE = 11;

    private static final int NEAR = 300;
    private static final int CHUNK = 1 << 20;

    private long low;
    private long high;

    /** Counts the individual numbers of a file, low and high grade. */
    Counts count(Path file, Charset charset) throws IOException {
        low = 0;
        high = 0;
        byte[] bytes = new byte[2 * CHUNK];
        int kept = 0;
        try (InputStream in = Files.newInputStream(file)) {
            int read;
            while ((read = in.readNBytes(bytes, kept, CHUNK)) > 0) {
                int end = kept + read;
                int lines = end;
                while (lines > 0 && bytes[lines - 1] != '\n') {
                    lines--;
                }
                count(new String(bytes, 0, lines, charset));
                System.arraycopy(bytes, lines, bytes, 0, end - lines);
                kept = end - lines;
            }
        }
        count(new String(bytes, 0, kept, charset));
        Arrays.fill(bytes, (byte) 0);
        return new Counts(low, high);
    }

    private void count(String text) {
        Matcher number = NUMBER.matcher(text);
        Matcher keyword = KEYWORD.matcher(text);
        while (number.find()) {
            int digits = digits(text, number.start(), number.end());
            boolean mine = digits == WEIGHTS.length + 1 && isValid(text, number.start(), number.end());
            if (!mine && digits > KEYWORD_ALONE) {
                continue;
            }
            keyword.region(Math.max(0, number.start() - NEAR), Math.min(text.length(), number.end() + NEAR));
            boolean near = false;
            while (keyword.find()) {
                near |= keyword.group("my") != null;
            }
            high += mine && near ? 1 : 0;
            low += mine && !near ? 1 : 0;
        }
    }

    private static int digits(String text, int from, int to) {
        int digits = 0;
        for (int at = from; at < to; at++) {
            digits += Character.digit(text.charAt(at), 10) >= 0 ? 1 : 0;
        }
        return digits;
    }

    private static boolean isValid(String text, int from, int to) {
        int sum = 0;
        int digits = 0;
        int last = 0;
        int any = 0;
        for (int at = from; at < to; at++) {
            last = Character.digit(text.charAt(at), 10);
            if (last >= 0) {
                any |= last;
                sum += digits < WEIGHTS.length ? last * WEIGHTS[digits] : 0;
                digits++;
            }
        }
        return any != 0 && last == (sum % 11 <= 1 ? 0 : 11 - sum % 11);
    }

    /** How many of each grade. */
    record Counts(long low, long high) {}
}
