package org.sekisho.policy;

import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sekisho.policy.Change.Kind;
import org.sekisho.policy.Change.Why;
import org.sekisho.v1.Policy;
import org.sekisho.v1.Rule;

/**
 * Takes the rules of one policy to those of another: changes the common ones where they stand, moves as few as possible,
 * adds, and last removes, so that a rule that is replaced by another is not missing in between. One use, one thread.
 */
final class RulesDiff {
    /** Fields that only people read. */
    private static final Set<Integer> TEXTS = Set.of(Rule.DESCRIPTION_FIELD_NUMBER, Rule.NOTICE_FIELD_NUMBER);

    /**
     * The order in which fields are changed. What a permit may do comes before the verdict: it says nothing while the
     * verdict lets through. `disabled` is handled apart.
     */
    private static final List<Integer> ORDER = List.of(
            Rule.DESCRIPTION_FIELD_NUMBER,
            Rule.NOTICE_FIELD_NUMBER,
            Rule.PERMIT_MAY_LIFT_FIELD_NUMBER,
            Rule.SHADOW_COPY_FIELD_NUMBER,
            Rule.VERDICT_FIELD_NUMBER,
            Rule.SEVERITY_FIELD_NUMBER,
            Rule.CHANNEL_FIELD_NUMBER,
            Rule.WHO_FIELD_NUMBER,
            Rule.WHEN_FIELD_NUMBER,
            Rule.LOGIN_FIELD_NUMBER,
            Rule.CONTENT_FIELD_NUMBER);

    private final Map<String, Rule> before;
    private final Map<String, Rule> after;
    private final RuleBook book;
    private final List<Change> changes;
    /** Keys of the rules as they stand in the book. */
    private final List<String> standing;

    RulesDiff(Policy before, Policy after, RuleBook book, List<Change> changes) {
        this.before = byKey(before);
        this.after = byKey(after);
        this.book = book;
        this.changes = changes;
        this.standing = new ArrayList<>(this.before.keySet());
    }

    /** By id; where an id stands more than once, which no checked policy has, by its number too. */
    private static Map<String, Rule> byKey(Policy policy) {
        Map<String, Integer> seen = new HashMap<>();
        Map<String, Rule> rules = new LinkedHashMap<>();
        for (Rule rule : policy.getRulesList()) {
            int count = seen.merge(rule.getId(), 1, Integer::sum);
            rules.put(rule.getId() + "\n" + count, rule);
        }
        return rules;
    }

    void run() {
        for (int i = 0; i < standing.size(); i++) {
            Rule old = before.get(standing.get(i));
            Rule wanted = after.get(standing.get(i));
            if (old != null && wanted != null) {
                changeFields(i, old, wanted);
            }
        }
        Set<String> staying = staying();
        String previous = "";
        for (Map.Entry<String, Rule> entry : after.entrySet()) {
            place(entry.getKey(), entry.getValue(), previous, staying);
            previous = entry.getKey();
        }
        for (int i = standing.size() - 1; i >= 0; i--) {
            Rule old = before.get(standing.get(i));
            if (!after.containsKey(standing.get(i)) && old != null) {
                Effect effect = book.remove(i);
                standing.remove(i);
                changes.add(
                        PolicyDiff.change(Kind.RULE_REMOVED, old.getId(), "", PolicyWriter.message(old), "", effect));
            }
        }
    }

    private void place(String key, Rule rule, String previous, Set<String> staying) {
        if (!before.containsKey(key)) {
            int index = standing.indexOf(previous) + 1;
            Effect effect = book.add(index, rule);
            standing.add(index, key);
            changes.add(PolicyDiff.change(Kind.RULE_ADDED, rule.getId(), "", "", PolicyWriter.message(rule), effect));
        } else if (!staying.contains(key)) {
            int from = standing.indexOf(key);
            standing.remove(from);
            int to = standing.indexOf(previous) + 1;
            Effect effect = book.move(from, to);
            standing.add(to, key);
            changes.add(PolicyDiff.change(
                    Kind.RULE_MOVED,
                    rule.getId(),
                    "",
                    Integer.toString(List.copyOf(before.keySet()).indexOf(key) + 1),
                    Integer.toString(List.copyOf(after.keySet()).indexOf(key) + 1),
                    effect));
        }
    }

    private void changeFields(int index, Rule old, Rule wanted) {
        FieldDescriptor disabled = field(Rule.DISABLED_FIELD_NUMBER);
        Rule.Builder rule = old.toBuilder();
        // Whatever else changes is weighed while the rule is off, where it is.
        if (!old.getDisabled()) {
            step(index, rule, wanted, disabled);
        }
        ORDER.forEach(number -> step(index, rule, wanted, field(number)));
        subject(index, rule, wanted);
        if (old.getDisabled()) {
            step(index, rule, wanted, disabled);
        }
    }

    private static FieldDescriptor field(int number) {
        return Rule.getDescriptor().findFieldByNumber(number);
    }

    private void step(int index, Rule.Builder rule, Rule wanted, FieldDescriptor field) {
        boolean same = rule.getField(field).equals(wanted.getField(field))
                && (!field.hasPresence() || rule.hasField(field) == wanted.hasField(field));
        if (same) {
            return;
        }
        String old = PolicyWriter.field(rule.build(), field);
        if (field.hasPresence() && !wanted.hasField(field)) {
            rule.clearField(field);
        } else {
            rule.setField(field, wanted.getField(field));
        }
        Effect effect = book.replace(index, rule.build());
        Why why = why(field.getNumber(), rule, effect);
        changes.add(new Change(
                Kind.RULE_CHANGED,
                wanted.getId(),
                Vocabulary.key(field),
                old,
                PolicyWriter.field(wanted, field),
                why == effect.why() ? effect.direction() : PolicyDiff.direction(why),
                why));
    }

    private static Why why(int field, Rule.Builder rule, Effect effect) {
        if (TEXTS.contains(field)) {
            return Why.TEXT;
        }
        // Copies are for those that a second person has agreed to; where none is kept any more, less can be looked at.
        return field == Rule.SHADOW_COPY_FIELD_NUMBER && !rule.getShadowCopy() ? Why.WEAKER : effect.why();
    }

    private void subject(int index, Rule.Builder rule, Rule wanted) {
        FieldDescriptor old =
                rule.getOneofFieldDescriptor(Rule.getDescriptor().getOneofs().get(0));
        FieldDescriptor now =
                wanted.getOneofFieldDescriptor(Rule.getDescriptor().getOneofs().get(0));
        boolean same = old == now && (now == null || rule.getField(now).equals(wanted.getField(now)));
        if (same) {
            return;
        }
        String before = old == null ? "" : PolicyWriter.field(rule.build(), old);
        rule.clearWhat();
        if (now != null) {
            rule.setField(now, wanted.getField(now));
        }
        String key = now != null ? Vocabulary.key(now) : old != null ? Vocabulary.key(old) : "";
        String text = now == null ? "" : PolicyWriter.field(wanted, now);
        changes.add(PolicyDiff.change(
                Kind.RULE_CHANGED, wanted.getId(), key, before, text, book.replace(index, rule.build())));
    }

    /** The longest row of common rules that keep their order: none of them needs to move. */
    private Set<String> staying() {
        List<String> target = List.copyOf(after.keySet());
        List<String> common = standing.stream().filter(after::containsKey).toList();
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < target.size(); i++) {
            places.put(target.get(i), i);
        }
        int[] row = common.stream().mapToInt(key -> places.getOrDefault(key, 0)).toArray();
        int[] length = new int[row.length];
        int[] previous = new int[row.length];
        int end = -1;
        for (int i = 0; i < row.length; i++) {
            length[i] = 1;
            previous[i] = -1;
            for (int j = 0; j < i; j++) {
                if (row[j] < row[i] && length[j] + 1 > length[i]) {
                    length[i] = length[j] + 1;
                    previous[i] = j;
                }
            }
            end = end < 0 || length[i] > length[end] ? i : end;
        }
        Set<String> staying = new HashSet<>();
        for (int i = end; i >= 0; i = previous[i]) {
            staying.add(common.get(i));
        }
        return staying;
    }
}
