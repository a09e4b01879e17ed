package org.sekisho.agent.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The scanner against a slow and plain reading of the same rules by regular expressions. */
final class ReferenceProperties {
    private static final String JOIN = "[ \\u00a0\\-.,\\t\\n]";
    private static final Pattern NUMBER =
            Pattern.compile("(?<![0-9])(?:\\d{12}|\\d{4}(" + JOIN + ")\\d{4}\\1\\d{4})(?![0-9])");

    /** By seed, so that a failure names no number. */
    @Property(tries = 2000)
    void countsAreTheSame(@ForAll long seed) {
        String text = text(new Random(seed));
        assertThat(total(Inspect.text(text))).isEqualTo(reference(text));
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int pieces = random.nextInt(30); pieces > 0; pieces--) {
            text.append(piece(random)).append('円');
        }
        return text.toString();
    }

    private static String piece(Random random) {
        String twelve = "%012d".formatted(random.nextLong(1_000_000_000_000L));
        return switch (random.nextInt(6)) {
            case 0 -> twelve;
            case 1 -> twelve.substring(random.nextInt(3)) + random.nextInt(10);
            case 2 -> {
                String join = List.of(" ", "-", ".", ",", "\t", "\n", "　").get(random.nextInt(7));
                yield twelve.substring(0, 4) + join + twelve.substring(4, 8) + join + twelve.substring(8);
            }
            case 3 ->
                Normalizer.normalize(twelve, Normalizer.Form.NFKC)
                        .replace('0', '０')
                        .replace('7', '７');
            case 4 -> String.valueOf(random.nextInt(100_000));
            default -> List.of("会議", "abc", "。").get(random.nextInt(3));
        };
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
