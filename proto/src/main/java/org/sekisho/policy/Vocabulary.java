package org.sekisho.policy;

import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.sekisho.shadow.ShadowFormat;
import org.sekisho.v1.ClipboardFormat;
import org.sekisho.v1.Grade;
import org.sekisho.v1.MediaClass;
import org.sekisho.v1.PolicyProto;
import org.sekisho.v1.Selection;

/**
 * How the names of the contract are spelled in YAML. Keys and values are the contract's in lower case with hyphens
 * ({@code permit_may_lift} is {@code permit-may-lift}, {@code MY_NUMBER} is {@code my-number}); a value whose name in the
 * contract carries a suffix only to be unique there goes without it. Each thing has exactly one spelling.
 */
final class Vocabulary {
    private static final Map<EnumValueDescriptor, String> SHORTER = Map.of(
            Grade.LOW_CONFIDENCE.getValueDescriptor(), "low",
            Grade.HIGH_CONFIDENCE.getValueDescriptor(), "high",
            Selection.CLIPBOARD_SELECTION.getValueDescriptor(), "clipboard",
            Selection.PRIMARY_SELECTION.getValueDescriptor(), "primary",
            ClipboardFormat.OTHER_FORMAT.getValueDescriptor(), "other",
            MediaClass.PRINTER_DEVICE.getValueDescriptor(), "printer",
            MediaClass.OTHER_DEVICE.getValueDescriptor(), "other");

    private static final Set<String> REQUIRED = Set.of(
            "Policy.segment",
            "Policy.name",
            "ChannelDefault.channel",
            "ChannelDefault.verdict",
            "Rule.id",
            "Rule.channel",
            "Rule.verdict",
            "ContentCondition.label",
            "DeviceGroup.name",
            "Custodian.operator",
            "Custodian.key");

    /** Bounds that policy.proto states. */
    private static final Map<String, Integer> MOST_ITEMS = Map.of(
            "Policy.rules", 2_000,
            "Policy.device_groups", 500,
            "ShadowCopies.custodians", ShadowFormat.MOST_CUSTODIANS,
            // One for each channel.
            "Policy.defaults", 6);

    private static final Map<EnumDescriptor, Map<String, EnumValueDescriptor>> VALUES = new ConcurrentHashMap<>();
    private static final Map<FieldDescriptor, String> KEYS = new ConcurrentHashMap<>();

    private Vocabulary() {}

    static String key(FieldDescriptor field) {
        return KEYS.computeIfAbsent(field, known -> known.getName().replace('_', '-'));
    }

    static boolean required(FieldDescriptor field) {
        return REQUIRED.contains(shortName(field));
    }

    static int mostItems(FieldDescriptor field) {
        // Where the contract states no bound, the size of the text is one.
        return MOST_ITEMS.getOrDefault(shortName(field), Integer.MAX_VALUE);
    }

    /** Such as {@code Rule.permit_may_lift}. */
    static String shortName(FieldDescriptor field) {
        return field.getContainingType().getName() + "." + field.getName();
    }

    static String word(EnumValueDescriptor value) {
        String shorter = SHORTER.get(value);
        return shorter != null
                ? shorter
                : value.getName().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Null when there is no such word; the unset value has none. */
    static @Nullable EnumValueDescriptor value(EnumDescriptor type, String word) {
        return values(type).get(word);
    }

    /** All words of a type, for a message. */
    static String words(EnumDescriptor type) {
        return String.join(", ", values(type).keySet());
    }

    private static Map<String, EnumValueDescriptor> values(EnumDescriptor type) {
        return VALUES.computeIfAbsent(type, known -> {
            Map<String, EnumValueDescriptor> byWord = new TreeMap<>();
            for (EnumValueDescriptor value : known.getValues()) {
                if (value.getNumber() != 0) {
                    byWord.put(word(value), value);
                }
            }
            return byWord;
        });
    }

    /** For tests: every enum of the policy. */
    static List<EnumDescriptor> enums() {
        return PolicyProto.getDescriptor().getEnumTypes();
    }

    /** Key to field, for one message type. */
    static Map<String, FieldDescriptor> fields(com.google.protobuf.Descriptors.Descriptor type) {
        Map<String, FieldDescriptor> byKey = new HashMap<>();
        for (FieldDescriptor field : type.getFields()) {
            byKey.put(key(field), field);
        }
        return byKey;
    }
}
