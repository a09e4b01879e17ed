package org.sekisho.policy;

import java.util.Locale;

/** What a {@link Finding} is about. The names are stable: programs may compare {@link #id()}. */
public enum FindingCode {
    /** The bytes are no UTF-8 text. */
    NOT_UTF8(FindingLevel.ERROR),
    /** The document is over its bound. */
    TOO_LARGE(FindingLevel.ERROR),
    /** The text is no YAML. */
    NOT_YAML(FindingLevel.ERROR),
    /** A character that YAML does not allow. */
    UNPRINTABLE(FindingLevel.ERROR),
    /** Nothing is there. */
    EMPTY_DOCUMENT(FindingLevel.ERROR),
    /** More than one YAML document. */
    SECOND_DOCUMENT(FindingLevel.ERROR),
    /** A YAML tag. */
    TAG_REFUSED(FindingLevel.ERROR),
    /** A YAML anchor or alias. */
    ANCHOR_REFUSED(FindingLevel.ERROR),
    /** Nested too deeply. */
    TOO_DEEP(FindingLevel.ERROR),
    /** The rest is not reported. */
    TOO_MANY_FINDINGS(FindingLevel.ERROR),
    /** A mapping was expected. */
    EXPECTED_MAPPING(FindingLevel.ERROR),
    /** A key is a collection. */
    KEY_NOT_A_WORD(FindingLevel.ERROR),
    /** No such key here. */
    UNKNOWN_KEY(FindingLevel.ERROR),
    /** A key stands twice. */
    DUPLICATE_KEY(FindingLevel.ERROR),
    /** A required key is missing. */
    MISSING_KEY(FindingLevel.ERROR),
    /** Two of a rule's subjects. */
    MORE_THAN_ONE_SUBJECT(FindingLevel.ERROR),
    /** A list was expected. */
    EXPECTED_LIST(FindingLevel.ERROR),
    /** A single value was expected. */
    EXPECTED_VALUE(FindingLevel.ERROR),
    /** Text was expected. */
    EXPECTED_TEXT(FindingLevel.ERROR),
    /** true or false was expected. */
    EXPECTED_BOOLEAN(FindingLevel.ERROR),
    /** A number was expected. */
    EXPECTED_NUMBER(FindingLevel.ERROR),
    /** No such value. */
    UNKNOWN_WORD(FindingLevel.ERROR),
    /** No range of times. */
    BAD_TIME_RANGE(FindingLevel.ERROR),
    /** No port or range of ports. */
    BAD_PORT_RANGE(FindingLevel.ERROR),
    /** No day of the week. */
    BAD_WEEKDAY(FindingLevel.ERROR),
    /** No size. */
    BAD_SIZE(FindingLevel.ERROR),
    /** A list is over its bound. */
    TOO_MANY_ITEMS(FindingLevel.ERROR),
    /** A required value is unset. */
    VALUE_MISSING(FindingLevel.ERROR),
    /** An enum value that is unset in a list, or of a newer version. */
    VALUE_UNKNOWN(FindingLevel.ERROR),
    /** A field of a newer version. */
    FIELD_UNKNOWN(FindingLevel.ERROR),
    /** A text is over its bound. */
    TOO_LONG(FindingLevel.ERROR),
    /** An id or a group's name is spelled wrongly. */
    BAD_ID(FindingLevel.ERROR),
    /** Two rules with one id. */
    DUPLICATE_RULE_ID(FindingLevel.ERROR),
    /** Two defaults for a channel. */
    DUPLICATE_DEFAULT(FindingLevel.ERROR),
    /** Two device groups with one name. */
    DUPLICATE_GROUP(FindingLevel.ERROR),
    /** READ_ONLY on another channel than MEDIA. */
    READ_ONLY_NOT_MEDIA(FindingLevel.ERROR),
    /** A rule's subject does not fit its channel. */
    SUBJECT_NOT_OF_CHANNEL(FindingLevel.ERROR),
    /** No lower-case hex of the right length. */
    BAD_HEX(FindingLevel.ERROR),
    /** No USB interface triple. */
    BAD_INTERFACE(FindingLevel.ERROR),
    /** No CIDR block or host name. */
    BAD_DESTINATION(FindingLevel.ERROR),
    /** An empty or overlong pattern. */
    BAD_PATTERN(FindingLevel.ERROR),
    /** A program path that can match nothing. */
    PATH_NOT_ABSOLUTE(FindingLevel.ERROR),
    /** No date. */
    BAD_DATE(FindingLevel.ERROR),
    /** No time zone. */
    BAD_ZONE(FindingLevel.ERROR),
    /** A device group that is not defined. */
    UNKNOWN_GROUP(FindingLevel.ERROR),
    /** A device group within a device group. */
    NESTED_GROUP(FindingLevel.ERROR),
    /** A device group without members matches nothing. */
    EMPTY_GROUP(FindingLevel.WARNING),
    /** No detector finds this label. */
    UNKNOWN_LABEL(FindingLevel.ERROR),
    /** An earlier rule with another verdict takes all that this one could. */
    SHADOWED(FindingLevel.ERROR),
    /** An earlier rule with the same verdict takes all that this one could. */
    REDUNDANT(FindingLevel.WARNING),
    /** Two rules with the same conditions and different verdicts. */
    CONTRADICTORY(FindingLevel.ERROR),
    /** Ends before it begins. */
    EMPTY_DATE_RANGE(FindingLevel.ERROR),
    /** Conditions that cannot hold together. */
    NEVER_MATCHES(FindingLevel.ERROR),
    /** The rule's last day is past. */
    ENDED(FindingLevel.WARNING),
    /** No keyboard, or no pointer, would work anywhere. */
    LOCK_OUT(FindingLevel.ERROR),
    /** No X25519 public key, or one that anybody could open. */
    BAD_CUSTODIAN_KEY(FindingLevel.ERROR),
    /** Fewer than two custodians, or one operator or one key twice: then one person could open shadow copies alone. */
    CUSTODIANS_NOT_TWO(FindingLevel.ERROR),
    /** Shadow copies of files that are too large for any. */
    SHADOW_COPY_TOO_LARGE(FindingLevel.ERROR),
    /** A rule asks for shadow copies, and nobody is named who could read them. */
    NO_CUSTODIANS(FindingLevel.ERROR),
    /** A rule asks for shadow copies on another channel than MEDIA, or without a condition on content. */
    SHADOW_COPY_NOT_OF_CONTENT(FindingLevel.ERROR),
    /** Only some keyboards, or pointers, would work. */
    INPUT_LIMITED(FindingLevel.WARNING),
    /** Nothing may use the network. */
    NETWORK_CLOSED(FindingLevel.NOTE),
    /** The user is asked without being told why. */
    JUSTIFY_WITHOUT_NOTICE(FindingLevel.NOTE);

    private final FindingLevel level;

    FindingCode(FindingLevel level) {
        this.level = level;
    }

    /** How much such a finding weighs. */
    public FindingLevel level() {
        return level;
    }

    /** Such as {@code unknown-key}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
