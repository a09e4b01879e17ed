package org.sekisho.agent.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The scanner against a slow and plain reading of the same rules by regular expressions. */
final class ReferenceProperties {
    private static final String JOIN = "[ \\u00a0\\-.,\\t\\n]";
    private static final Pattern NUMBER = Pattern.compile(
            "(?<![0-9])(?<!\\d\\.)(?:\\d{12}|(?<!\\d\\S?)\\d{4}(" + JOIN + ")\\d{4}\\1\\d{4})(?![0-9])",
            Pattern.UNICODE_CASE);

    @Property(tries = 2000)
    void countsAreTheSame(@ForAll("pieces") List<String> pieces) {
        String text = String.join("円", pieces) + "円";
        assertThat(total(Inspect.text(text))).isEqualTo(reference(text));
    }

    @Provide
    Arbitrary<List<String>> pieces() {
        Arbitrary<String> digits =
                Arbitraries.strings().withChars("0123456789０５９").ofMinLength(10).ofMaxLength(14);
        Arbitrary<String> twelve =
                Arbitraries.longs().between(0, 999_999_999_999L).map("%012d"::formatted);
        Arbitrary<String> grouped = Arbitraries.of(" ", "-", ".", ",", "\t", "\n", "　")
                .flatMap(join -> twelve.map(n -> n.substring(0, 4) + join + n.substring(4, 8) + join + n.substring(8)));
        Arbitrary<String> short1 = Arbitraries.integers().between(0, 99_999).map(String::valueOf);
        return Arbitraries.oneOf(digits, twelve, grouped, short1, Arbitraries.of("会議", "abc", "。"))
                .list()
                .ofMaxSize(30);
    }

    private static int reference(String text) {
        Matcher matcher = NUMBER.matcher(Normalizer.normalize(text, Normalizer.Form.NFKC));
        int count = 0;
        while (matcher.find()) {
            String number = matcher.group().replaceAll("\\D", "");
            count += number.length() == 12
                            && isValid(number)
                            && !(matcher.group().length() == 12 && isTimestamp(number))
                    ? 1
                    : 0;
        }
        return count;
    }

    private static boolean isValid(String number) {
        int sum = 0;
        for (int n = 1; n <= 11; n++) {
            int p = number.charAt(11 - n) - '0';
            int q = n <= 6 ? n + 1 : n - 5;
            sum += p * q;
        }
        int check = sum % 11 <= 1 ? 0 : 11 - sum % 11;
        return check == number.charAt(11) - '0' && !number.equals("000000000000");
    }

    private static boolean isTimestamp(String number) {
        try {
            java.time.LocalDateTime parsed =
                    java.time.LocalDateTime.parse(number, java.time.format.DateTimeFormatter.ofPattern("yyyyMMddHHmm"));
            return parsed.getYear() >= 1900 && parsed.getYear() < 2100;
        } catch (java.time.DateTimeException e) {
            return false;
        }
    }

    private static int total(String summary) {
        Matcher matcher = Pattern.compile("my_number:\\w+:(\\d+)").matcher(summary);
        int total = 0;
        while (matcher.find()) {
            total += Integer.parseInt(matcher.group(1));
        }
        return total;
    }
}
