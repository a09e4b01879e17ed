package org.sekisho.agent.content;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The words that make a number near them believable, and where one of them stands in a text. */
final class Keywords {
    /** Names of the numbers and of what they are printed on, as forms, laws and people write them. */
    private static final Map<NumberLabel, List<String>> WORDS = new EnumMap<>(Map.of(
            NumberLabel.MY_NUMBER,
            List.of(
                    "マイナンバー",
                    "個人番号",
                    "個人ナンバー",
                    "通知カード",
                    "共通番号",
                    "個人識別番号",
                    "マイナカード",
                    "マイナ保険証",
                    "my number",
                    "individual number"),
            NumberLabel.CORPORATE_NUMBER,
            List.of("法人番号", "法人マイナンバー", "適格請求書", "インボイス", "事業者登録番号", "corporate number"),
            NumberLabel.DRIVERS_LICENSE,
            List.of(
                    "運転免許",
                    "免許証",
                    "免許番号",
                    "driver license",
                    "drivers license",
                    "driver's license",
                    "driving license",
                    "driving licence"),
            NumberLabel.RESIDENT_CODE,
            List.of("住民票コード", "住基コード", "住民コード", "resident code", "residence certificate code"),
            NumberLabel.PENSION_NUMBER,
            List.of("基礎年金番号", "年金番号", "年金手帳", "pension number")));

    /** Longest stretch of characters that do not count within a keyword: a cell border or a line break, not a sentence. */
    private static final int MAX_BETWEEN = 6;

    /** Bytes that a keyword can take: its letters, and what may stand between them, at up to four bytes each. */
    static final int MAX_BYTES = 512;

    private static final Keyword[] ALL = all();
    /** For each character, folded or not, one more than the first keyword that begins with it; 0 for none. */
    private static final byte[] BY_FIRST = byFirst();
    /** The same as a set of bits, which stays in a core's first-level cache. */
    private static final long[] FIRST_BITS = firstBits();
    /** The characters that can stand behind the first letter of a keyword. */
    private static final boolean[] SECOND = second();

    private Keywords() {}

    /** Whether a keyword may begin with this character, given as its code point. */
    static boolean begins(int codePoint) {
        return codePoint < 0x10000 && (FIRST_BITS[codePoint >>> 6] & 1L << codePoint) != 0;
    }

    /**
     * The labels whose keywords begin at {@code at}, as a set of bits by {@link NumberLabel#bit()}.
     *
     * @param codePoint the character at {@code at}, for which {@link #begins} holds
     */
    static int match(byte[] bytes, int at, int end, int codePoint) {
        int behind = at + Utf8.length(Utf8.decode(bytes, at, end));
        int second = behind < end ? Utf8.codePoint(Utf8.decode(bytes, behind, end)) : -1;
        if (second < 0 || second >= SECOND.length || !SECOND[second]) {
            return 0;
        }
        int labels = 0;
        char folded = KeywordFold.of(codePoint);
        for (int i = BY_FIRST[codePoint] - 1; i < ALL.length && ALL[i].letters[0] == folded; i++) {
            Keyword keyword = ALL[i];
            if (keyword.matches(bytes, at, end)) {
                labels |= keyword.label.bit();
            }
        }
        return labels;
    }

    private static Keyword[] all() {
        List<Keyword> all = new ArrayList<>();
        WORDS.forEach((label, words) -> words.forEach(word -> all.add(Keyword.of(label, word))));
        all.sort((a, b) -> Character.compare(a.letters[0], b.letters[0]));
        return all.toArray(new Keyword[0]);
    }

    private static byte[] byFirst() {
        byte[] first = new byte[0x10000];
        for (int i = ALL.length - 1; i >= 0; i--) {
            first[ALL[i].letters[0]] = (byte) (i + 1);
        }
        for (int c = 0; c < first.length; c++) {
            first[c] = first[KeywordFold.of(c)];
        }
        return first;
    }

    private static long[] firstBits() {
        long[] bits = new long[0x10000 / Long.SIZE];
        for (int c = 0; c < BY_FIRST.length; c++) {
            bits[c >>> 6] |= BY_FIRST[c] == 0 ? 0 : 1L << c;
        }
        return bits;
    }

    private static boolean[] second() {
        boolean[] second = new boolean[0x10000];
        second[KeywordFold.NOTHING] = true;
        for (Keyword keyword : ALL) {
            second[keyword.letters[1]] = true;
        }
        for (int c = 0; c < second.length; c++) {
            second[c] = second[KeywordFold.of(c)];
        }
        return second;
    }

    private static final class Keyword {
        private final NumberLabel label;
        private final char[] letters;

        private Keyword(NumberLabel label, char[] letters) {
            this.label = label;
            this.letters = letters;
        }

        static Keyword of(NumberLabel label, String word) {
            StringBuilder letters = new StringBuilder();
            for (int i = 0; i < word.length(); i++) {
                char folded = KeywordFold.of(word.charAt(i));
                if (folded != KeywordFold.NOTHING) {
                    letters.append(folded);
                }
            }
            return new Keyword(label, letters.toString().toCharArray());
        }

        boolean matches(byte[] bytes, int at, int end) {
            if (letters[0] < 0x80 && at > 0 && Character.isLetter(bytes[at - 1])) {
                return false; // "dummy number" has no "my number"
            }
            int position = at;
            int matched = 0;
            int between = 0;
            while (matched < letters.length) {
                if (position >= end) {
                    return false;
                }
                int decoded = Utf8.decode(bytes, position, end);
                char folded = KeywordFold.of(Utf8.codePoint(decoded));
                if (folded == letters[matched]) {
                    matched++;
                    between = 0;
                } else if (folded != KeywordFold.NOTHING || ++between > MAX_BETWEEN) {
                    return false;
                }
                position += Utf8.length(decoded);
            }
            return true;
        }
    }
}
