package org.sekisho.policy;

import java.util.List;
import java.util.Locale;

/**
 * One thing that is wrong or remarkable about a policy.
 *
 * @param level how much it weighs
 * @param code what it is
 * @param path where in the document, in YAML terms, such as {@code rules[3].clipboard.source}; empty for the whole document
 * @param rule id of the rule concerned; empty when it concerns none
 * @param position where in the YAML text; {@link Position#UNKNOWN} when the policy did not come from one
 * @param args what the text of the code names; never content of a clipboard or file
 */
public record Finding(
        FindingLevel level, FindingCode code, String path, String rule, Position position, List<String> args) {
    public Finding {
        args = List.copyOf(args);
    }

    static Finding of(FindingCode code, String path, Position position, String... args) {
        return new Finding(code.level(), code, path, "", position, List.of(args));
    }

    static Finding ofRule(FindingCode code, String path, String rule, String... args) {
        return new Finding(code.level(), code, path, rule, Position.UNKNOWN, List.of(args));
    }

    /** From 1; 0 when not known. */
    public int line() {
        return position.line();
    }

    /** From 1; 0 when not known. */
    public int column() {
        return position.column();
    }

    Finding at(Position where) {
        return new Finding(level, code, path, rule, where, args);
    }

    /** What it says, in Japanese for {@link Locale#JAPANESE} and in English for every other language. */
    public String text(Locale language) {
        return PolicyTexts.format(language, "finding." + code.id(), args);
    }
}
