package org.sekisho.agent.content;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.sekisho.v1.Label;

/** Short ways to inspect something, and to make numbers that are valid and nobody's. */
final class Inspect {
    static final Fingerprinter FINGERPRINTER = new HmacFingerprinter(new byte[32]);
    private static final int[] WEIGHTS = {6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2};

    private Inspect() {}

    /** What is found, such as {@code my_number:high:1}; empty if nothing is. */
    static String text(String text) {
        return bytes(ContentKind.UTF8_TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    static String encoded(String text, Charset charset) {
        return bytes(ContentKind.PLAIN_BYTES, text.getBytes(charset));
    }

    static String bytes(ContentKind kind, byte[] bytes) {
        return summary(labels(kind, bytes));
    }

    static List<Label> labels(ContentKind kind, byte[] bytes) {
        Inspection inspection = ContentInspector.of(FINGERPRINTER).open(kind);
        inspection.update(bytes, 0, bytes.length);
        return inspection.finish();
    }

    static String summary(List<Label> labels) {
        StringBuilder summary = new StringBuilder();
        for (Label label : labels) {
            summary.append(summary.isEmpty() ? "" : " ")
                    .append(label.getLabel())
                    .append(Finding.of(label).isHigh() ? ":high:" : ":low:")
                    .append(label.getCount());
        }
        return summary.toString();
    }

    /** Twelve digits with the right check digit that can't be read as a date. */
    static String validNumber(Random random) {
        StringBuilder number = new StringBuilder();
        int sum = 0;
        for (int weight : WEIGHTS) {
            int digit = random.nextInt(number.isEmpty() ? 3 : 0, 10);
            number.append(digit);
            sum += digit * weight;
        }
        int rest = sum % 11;
        return number.append(rest <= 1 ? 0 : 11 - rest).toString();
    }
}
