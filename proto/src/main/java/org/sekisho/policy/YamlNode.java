package org.sekisho.policy;

import java.util.List;

/** One node of a YAML text, with its place. */
sealed interface YamlNode {
    Position position();

    /**
     * A single value.
     *
     * @param text without quotes, escapes resolved
     * @param plain true when it was written without quotes, so that {@code true} is a boolean and not a word
     */
    record Scalar(Position position, String text, boolean plain) implements YamlNode {}

    record Sequence(Position position, List<YamlNode> items) implements YamlNode {}

    record Mapping(Position position, List<Entry> entries) implements YamlNode {}

    record Entry(YamlNode key, YamlNode value) {}
}
