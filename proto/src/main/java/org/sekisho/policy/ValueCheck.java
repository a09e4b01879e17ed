package org.sekisho.policy;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.Map;
import org.sekisho.v1.PortRange;
import org.sekisho.v1.Rule;
import org.sekisho.v1.TimeRange;

/** Walks all values of a policy and reports those without meaning. One use, one thread. */
final class ValueCheck {
    /** In characters, from policy.proto. */
    private static final Map<String, Integer> LONGEST = Map.of(
            "Policy.name", 200,
            "Policy.description", 4_000,
            "Rule.description", 500,
            "Custodian.operator", 100,
            "Notice.ja", 500,
            "Notice.en", 500);

    private final FindingList findings;

    ValueCheck(FindingList findings) {
        this.findings = findings;
    }

    void check(Message message) {
        check(message, "", "");
    }

    private void check(Message message, String path, String rule) {
        if (!message.getUnknownFields().asMap().isEmpty()) {
            report(FindingCode.FIELD_UNKNOWN, path, rule);
        }
        String within = message instanceof Rule known ? known.getId() : rule;
        for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
            String below = path.isEmpty() ? Vocabulary.key(field) : path + "." + Vocabulary.key(field);
            if (field.isRepeated()) {
                checkList(message, field, below, within);
            } else if (isMissing(message, field)) {
                report(FindingCode.VALUE_MISSING, path, within, Vocabulary.key(field));
            } else if (message.hasField(field)) {
                checkValue(message.getField(field), field, below, within);
            }
        }
    }

    private static boolean isMissing(Message message, FieldDescriptor field) {
        return Vocabulary.required(field) && !message.hasField(field);
    }

    private void checkList(Message message, FieldDescriptor field, String path, String rule) {
        int count = message.getRepeatedFieldCount(field);
        int most = Vocabulary.mostItems(field);
        if (count > most) {
            report(
                    FindingCode.TOO_MANY_ITEMS,
                    path,
                    rule,
                    Vocabulary.key(field),
                    Integer.toString(count),
                    Integer.toString(most));
        }
        for (int i = 0; i < count; i++) {
            checkValue(message.getRepeatedField(field, i), field, path + "[" + i + "]", rule);
        }
    }

    private void checkValue(Object value, FieldDescriptor field, String path, String rule) {
        switch (value) {
            case TimeRange range -> {
                if (!TimeCompiler.isValid(range)) {
                    String shown = range.getFromMinute() + "-" + range.getUntilMinute();
                    report(FindingCode.BAD_TIME_RANGE, path, rule, shown);
                }
            }
            case PortRange range -> {
                if (!PortCriterion.isValid(range)) {
                    report(FindingCode.BAD_PORT_RANGE, path, rule, range.getFirst() + "-" + range.getLast());
                }
            }
            case Message nested -> check(nested, path, rule);
            case EnumValueDescriptor word -> {
                if (word.getNumber() == 0 || word.getType().findValueByName(word.getName()) == null) {
                    report(FindingCode.VALUE_UNKNOWN, path, rule, Vocabulary.key(field));
                }
            }
            case String text -> checkText(text, field, path, rule);
            case Integer number -> {
                if (Vocabulary.shortName(field).equals("When.weekdays") && !TimeCompiler.isWeekday(number)) {
                    report(FindingCode.BAD_WEEKDAY, path, rule, number.toString());
                }
            }
            default -> {
                // Booleans and sizes have no value without meaning.
            }
        }
    }

    private void checkText(String text, FieldDescriptor field, String path, String rule) {
        Integer longest = LONGEST.get(Vocabulary.shortName(field));
        int length = text.codePointCount(0, text.length());
        if (longest != null && length > longest) {
            report(
                    FindingCode.TOO_LONG,
                    path,
                    rule,
                    Vocabulary.key(field),
                    Integer.toString(length),
                    longest.toString());
        }
        TextRule.of(field)
                .ifPresent(form -> form.fault(text).ifPresent(fault -> {
                    String[] args = fault.args().toArray(String[]::new);
                    report(fault.code(), path, rule, args);
                }));
    }

    private void report(FindingCode code, String path, String rule, String... args) {
        findings.add(Finding.ofRule(code, path, rule, args));
    }
}
