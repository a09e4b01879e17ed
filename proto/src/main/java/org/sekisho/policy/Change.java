package org.sekisho.policy;

import java.util.List;
import java.util.Locale;

/**
 * One difference between two policies.
 *
 * @param kind what changed
 * @param subject id of the rule, name of the group, or the channel; empty for the policy itself
 * @param field key of the field that changed, such as {@code verdict}; empty when the whole was added, removed or moved
 * @param before as YAML; empty when there was nothing. For a move the place among the rules, from 1
 * @param after as YAML; empty when there is nothing. For a move the place among the rules, from 1
 * @param direction whether less or more can leave a terminal by it
 * @param why what the direction rests on
 */
public record Change(
        Kind kind, String subject, String field, String before, String after, Direction direction, Why why) {
    /** What changed. */
    public enum Kind {
        POLICY_CHANGED,
        DEFAULT_CHANGED,
        GROUP_ADDED,
        GROUP_CHANGED,
        GROUP_REMOVED,
        RULE_ADDED,
        RULE_CHANGED,
        RULE_MOVED,
        RULE_REMOVED
    }

    /** Whether less or more can leave a terminal. */
    public enum Direction {
        /** Certainly nothing is let through, watched less, or lifted by a permit, that was not before. */
        TIGHTENS,
        /** Something may be let through or watched less; also whatever cannot be decided. Needs a second person. */
        LOOSENS,
        /** Certainly no act is decided otherwise. */
        NEUTRAL
    }

    /** What a direction rests on. */
    public enum Why {
        /** Every act concerned is decided at least as strictly. */
        STRICTER,
        /** Acts concerned may be decided less strictly. */
        WEAKER,
        /** By the order of the rules some acts may be decided more and some less strictly, or it cannot be told. */
        UNDECIDED,
        /** Others could read the shadow copies, or larger files are copied. */
        READERS,
        /** Every act concerned is decided alike. */
        SAME,
        /** A text that decides nothing. */
        TEXT,
        /** The other segment's rules are another rule book. */
        OTHER_SEGMENT
    }

    /** What it says, in Japanese for {@link Locale#JAPANESE} and in English for every other language. */
    public String text(Locale language) {
        return PolicyTexts.format(language, key("change", kind), List.of(subject, field, before, after))
                + PolicyTexts.format(language, key("direction", direction), List.of())
                + PolicyTexts.format(language, key("why", why), List.of());
    }

    private static String key(String family, Enum<?> value) {
        return family + "." + value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
