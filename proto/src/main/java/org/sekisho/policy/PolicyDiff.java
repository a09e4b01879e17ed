package org.sekisho.policy;

import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sekisho.policy.Change.Direction;
import org.sekisho.policy.Change.Kind;
import org.sekisho.policy.Change.Why;
import org.sekisho.v1.Channel;
import org.sekisho.v1.ChannelDefault;
import org.sekisho.v1.DeviceGroup;
import org.sekisho.v1.Policy;

/**
 * What changes from one policy to another, and whether it tightens or loosens.
 *
 * <p>Directions are sound, not complete: where all changes tighten or are neutral, no act is decided less strictly, with or
 * without a permit; what cannot be proven, mostly because of the order of rules, loosens. The strictness of verdicts is
 * {@code ALLOW < AUDIT < JUSTIFY < READ_ONLY < BLOCK}; less severity at the same verdict loosens too, since less is watched,
 * and so do a rule's shadow copies that are switched off, and whoever else could read them.
 * The revision number is no change. Pure, safe for all threads.
 */
public final class PolicyDiff {
    private PolicyDiff() {}

    /** All changes, in the order in which they were weighed: each as if those before it had been made. */
    public static List<Change> between(Policy before, Policy after) {
        List<Change> changes = new ArrayList<>();
        RuleBook book = new RuleBook(before);
        policyFields(before, after, changes);
        defaults(before, after, book, changes);
        Map<String, DeviceGroup> newGroups = groups(after);
        Map<String, DeviceGroup> oldGroups = groups(before);
        newGroups.forEach((name, group) -> {
            DeviceGroup old = oldGroups.get(name);
            if (!group.equals(old)) {
                Kind kind = old == null ? Kind.GROUP_ADDED : Kind.GROUP_CHANGED;
                Effect effect = book.setGroup(group);
                String members = old == null ? "" : PolicyWriter.field(old, membersOf(old));
                changes.add(change(kind, name, "", members, PolicyWriter.field(group, membersOf(group)), effect));
            }
        });
        new RulesDiff(before, after, book, changes).run();
        oldGroups.forEach((name, group) -> {
            if (!newGroups.containsKey(name)) {
                Effect effect =
                        book.setGroup(DeviceGroup.newBuilder().setName(name).build());
                changes.add(
                        change(Kind.GROUP_REMOVED, name, "", PolicyWriter.field(group, membersOf(group)), "", effect));
            }
        });
        return List.copyOf(changes);
    }

    /** The direction of all changes together: {@code LOOSENS} as soon as one does. */
    public static Direction overall(List<Change> changes) {
        if (changes.stream().anyMatch(change -> change.direction() == Direction.LOOSENS)) {
            return Direction.LOOSENS;
        }
        boolean tightens = changes.stream().anyMatch(change -> change.direction() == Direction.TIGHTENS);
        return tightens ? Direction.TIGHTENS : Direction.NEUTRAL;
    }

    static Change change(Kind kind, String subject, String field, String before, String after, Effect effect) {
        return new Change(kind, subject, field, before, after, effect.direction(), effect.why());
    }

    private static FieldDescriptor membersOf(DeviceGroup group) {
        return group.getDescriptorForType().findFieldByNumber(DeviceGroup.MEMBERS_FIELD_NUMBER);
    }

    private static void policyFields(Policy before, Policy after, List<Change> changes) {
        for (int number : List.of(
                Policy.SEGMENT_FIELD_NUMBER,
                Policy.NAME_FIELD_NUMBER,
                Policy.DESCRIPTION_FIELD_NUMBER,
                Policy.AUDIT_ONLY_FIELD_NUMBER,
                Policy.SHADOW_COPIES_FIELD_NUMBER)) {
            FieldDescriptor field = Policy.getDescriptor().findFieldByNumber(number);
            if (!before.getField(field).equals(after.getField(field))) {
                Why why = switch (number) {
                    case Policy.SEGMENT_FIELD_NUMBER -> Why.OTHER_SEGMENT;
                    case Policy.AUDIT_ONLY_FIELD_NUMBER -> after.getAuditOnly() ? Why.WEAKER : Why.STRICTER;
                    case Policy.SHADOW_COPIES_FIELD_NUMBER -> Why.READERS;
                    default -> Why.TEXT;
                };
                changes.add(new Change(
                        Kind.POLICY_CHANGED,
                        "",
                        Vocabulary.key(field),
                        PolicyWriter.field(before, field),
                        PolicyWriter.field(after, field),
                        direction(why),
                        why));
            }
        }
    }

    static Direction direction(Why why) {
        return switch (why) {
            case STRICTER -> Direction.TIGHTENS;
            case WEAKER, UNDECIDED, READERS, OTHER_SEGMENT -> Direction.LOOSENS;
            case SAME, TEXT -> Direction.NEUTRAL;
        };
    }

    private static void defaults(Policy before, Policy after, RuleBook book, List<Change> changes) {
        Map<Integer, ChannelDefault> oldOnes = defaults(before);
        Map<Integer, ChannelDefault> newOnes = defaults(after);
        Set<Integer> channels = new LinkedHashSet<>(oldOnes.keySet());
        channels.addAll(newOnes.keySet());
        for (int channel : channels) {
            ChannelDefault old = oldOnes.get(channel);
            ChannelDefault now = newOnes.get(channel);
            if (old == null || !old.equals(now)) {
                Effect effect = book.setDefault(channel, now == null ? Outcome.ABSENT : Outcome.of(now));
                changes.add(change(
                        Kind.DEFAULT_CHANGED,
                        channelWord(channel),
                        "",
                        old == null ? "" : PolicyWriter.message(old),
                        now == null ? "" : PolicyWriter.message(now),
                        effect));
            }
        }
    }

    private static String channelWord(int channel) {
        Channel known = Channel.forNumber(channel);
        return known == null ? Integer.toString(channel) : Vocabulary.word(known.getValueDescriptor());
    }

    private static Map<Integer, ChannelDefault> defaults(Policy policy) {
        Map<Integer, ChannelDefault> byChannel = new LinkedHashMap<>();
        policy.getDefaultsList().forEach(fallback -> byChannel.putIfAbsent(fallback.getChannelValue(), fallback));
        return byChannel;
    }

    private static Map<String, DeviceGroup> groups(Policy policy) {
        Map<String, DeviceGroup> byName = new LinkedHashMap<>();
        policy.getDeviceGroupsList().forEach(group -> byName.putIfAbsent(group.getName(), group));
        return byName;
    }
}
