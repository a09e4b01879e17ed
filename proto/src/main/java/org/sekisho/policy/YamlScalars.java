package org.sekisho.policy;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Writes text as YAML scalars that read back as the very same text, in YAML 1.2 and by readers of 1.1. */
final class YamlScalars {
    /** Begins with a letter, so that it is never taken for a number, date or indicator. */
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}][\\p{L}\\p{Nd}_./-]*");
    /** What YAML 1.1 or 1.2 read as null or boolean. */
    private static final Set<String> OTHER_MEANING =
            Set.of("null", "true", "false", "yes", "no", "on", "off", "y", "n");

    private YamlScalars() {}

    static String inline(String text) {
        return isPlain(text) ? text : quoted(text);
    }

    private static boolean isPlain(String text) {
        return PLAIN.matcher(text).matches() && !OTHER_MEANING.contains(text.toLowerCase(Locale.ROOT));
    }

    /** Whether the text can stand as a literal block: several lines, nothing that needs an escape. */
    static boolean isBlock(String text) {
        if (text.indexOf('\n') < 0 || text.startsWith("\n") || text.endsWith("\n\n")) {
            return false;
        }
        for (String line : text.split("\n", -1)) {
            if (line.startsWith(" ") || line.endsWith(" ")) {
                return false;
            }
        }
        return text.codePoints().noneMatch(c -> c != '\n' && needsEscape(c));
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                case '\r' -> out.append("\\r");
                default -> {
                    if (!needsEscape(c)) {
                        out.appendCodePoint(c);
                    } else if (c <= 0xFFFF) {
                        out.append(String.format("\\u%04X", c));
                    } else {
                        out.append(String.format("\\U%08X", c));
                    }
                }
            }
        });
        return out.append('"').toString();
    }

    /** Controls, line breaks that YAML 1.1 knows, invisible and unassigned code points. */
    private static boolean needsEscape(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }
}
