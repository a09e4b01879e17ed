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
 * The same rules as a person would write them with java.util.regex: one pattern for the usual ways to write twelve digits, the
 * check digit on what it finds, a second pattern for keywords around what is valid. Compiled once, possessive where that
 * helps, fed a MiB of whole lines at a time.
 */
final class RegexPeer {
    private static final String DIGIT = "[0-9０-９]";
    private static final String JOIN = "[ \\u3000\\u00A0\\-‐‑–—−－ー.．・\\t,\"\\r\\n]";
    private static final Pattern NUMBER = Pattern.compile("(?<!" + DIGIT + ")" + DIGIT + "{4}" + "(?:" + DIGIT + "{8}|" + JOIN + "{1,3}+" + DIGIT
            + "{4}" + JOIN + "{1,3}+" + DIGIT + "{4})(?!" + JOIN + "{0,3}" + DIGIT + ")");
    private static final Pattern KEYWORD = Pattern.compile("マイナンバー|ﾏｲﾅﾝﾊﾞｰ|個人番号|通知カード|共通番号|個人識別番号|my\\s?number", Pattern.CASE_INSENSITIVE);
    private static final int[] WEIGHTS = {6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2};
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
            if (isValid(text, number.start(), number.end())) {
                keyword.region(Math.max(0, number.start() - NEAR), Math.min(text.length(), number.end() + NEAR));
                if (keyword.find()) {
                    high++;
                } else {
                    low++;
                }
            }
        }
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
