package org.sekisho.policy;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.sekisho.v1.Attempt;
import org.sekisho.v1.Channel;
import org.sekisho.v1.PortRange;
import org.sekisho.v1.Rule;
import org.sekisho.v1.TimeRange;

/**
 * Fills any message of the contract at random. In {@code small} worlds texts and numbers come from short lists, so that
 * rules and attempts meet often; otherwise texts are any Unicode.
 */
final class RandomMessages {
    private static final List<String> PATHS = List.of("/usr/bin/*", "/usr/bin/a", "/usr/**", "**/b", "C:\\x\\*.exe");
    private static final List<String> PROGRAMS = List.of("/usr/bin/a", "/usr/bin/b", "/opt/b", "c:\\X\\y.EXE", "");
    private static final Map<String, List<String>> TEXTS = Map.ofEntries(
            Map.entry("Who.users", List.of("a*", "alice", "ALICE", "*", "bob")),
            Map.entry("Who.groups", List.of("g1", "g?", "admins")),
            Map.entry("Who.org_units", List.of("市長部局", "市長部局/税務課", "消防本部")),
            Map.entry("Who.terminals", List.of("t1", "t*", "host-?")),
            Map.entry("When.from_date", List.of("", "2026-01-01", "2026-06-01")),
            Map.entry("When.until_date", List.of("", "2026-03-31", "2026-12-31")),
            Map.entry("When.zone", List.of("", "Asia/Tokyo", "UTC")),
            Map.entry("ContentCondition.label", List.of("my_number", "corporate_number")),
            Map.entry("Label.label", List.of("my_number", "corporate_number")),
            Map.entry("ProgramMatch.paths", PATHS),
            Map.entry("ProgramMatch.sha256", List.of("ab".repeat(32), "cd".repeat(32))),
            Map.entry("ProgramMatch.signers", List.of("CN=a*", "CN=abc")),
            Map.entry("MediaCondition.vendor_ids", List.of("0781", "046d")),
            Map.entry("MediaCondition.product_ids", List.of("5567", "c31c")),
            Map.entry("MediaCondition.serials", List.of("S*", "S1")),
            Map.entry("MediaCondition.instances", List.of("1-*", "1-1.4")),
            Map.entry("MediaCondition.device_hashes", List.of("ef".repeat(32))),
            Map.entry("MediaCondition.interfaces", List.of("08:06:50", "08:*:*", "03:01:01", "*:*:*")),
            Map.entry("MediaCondition.device_groups", List.of("g-a", "g-b")),
            Map.entry("DeviceGroup.name", List.of("g-a", "g-b", "g-c")),
            Map.entry("PrintCondition.printers", List.of("p*", "P1")),
            Map.entry("PrintCondition.device_uris", List.of("ipp:*", "socket://*")),
            Map.entry(
                    "NetworkCondition.destinations",
                    List.of("10.0.0.0/8", "10.1.0.0/16", "*.lg.jp", "a.lg.jp", "::/0")),
            Map.entry("Process.path", PROGRAMS),
            Map.entry("Process.sha256", List.of("ab".repeat(32), "")),
            Map.entry("Process.signer", List.of("CN=ABC", "")),
            Map.entry("MediaSubject.vendor_id", List.of("0781", "046d", "")),
            Map.entry("MediaSubject.product_id", List.of("5567", "c31c")),
            Map.entry("MediaSubject.serial", List.of("S1", "T", "")),
            Map.entry("MediaSubject.instance", List.of("1-1.4", "2-1")),
            Map.entry("MediaSubject.device_hash", List.of("ef".repeat(32), "")),
            Map.entry("MediaSubject.interfaces", List.of("08:06:50", "03:01:01", "broken")),
            Map.entry("PrintSubject.printer", List.of("p1", "q", "")),
            Map.entry("PrintSubject.device_uri", List.of("ipp://x", "socket://y")),
            Map.entry("NetworkSubject.host", List.of("a.lg.jp", "A.LG.JP.", "evil.example", "")),
            Map.entry("NetworkSubject.address", List.of("10.1.2.3", "10.9.9.9", "::ffff:10.1.2.3", "2001:db8::1", "")),
            Map.entry("Circumstances.user", List.of("alice", "Alice", "bob", "")),
            Map.entry("Circumstances.groups", List.of("g1", "admins", "other")),
            Map.entry("Circumstances.org_unit", List.of("市長部局/税務課/係", "市長部局", "消防本部", "")),
            Map.entry("Circumstances.terminal", List.of("t1", "u1")),
            Map.entry("Circumstances.host", List.of("host-1", "")));

    private final Random random;
    private final boolean small;
    private int ids;

    RandomMessages(Random random, boolean small) {
        this.random = random;
        this.small = small;
    }

    <B extends Message.Builder> B fill(B into) {
        for (FieldDescriptor field : into.getDescriptorForType().getFields()) {
            if (field.isRepeated()) {
                int count = random.nextInt(rarity(field)) == 0 ? 1 + random.nextInt(most(field)) : 0;
                for (int i = 0; i < count; i++) {
                    add(into, field);
                }
            } else if (wanted(field)) {
                Object value = value(into, field);
                if (value != null) {
                    into.setField(field, value);
                }
            }
        }
        if (small) {
            fitSubject(into);
        }
        return into;
    }

    /** Most rules, and all attempts, have the subject of their channel. */
    private void fitSubject(Message.Builder into) {
        if (into instanceof Rule.Builder rule && random.nextInt(10) > 0) {
            FieldDescriptor subject = subject(into, rule.getChannel());
            if (random.nextInt(3) == 0) {
                rule.clearWhat();
            } else {
                rule.setField(subject, fill(rule.newBuilderForField(subject)).build());
            }
        } else if (into instanceof Attempt.Builder attempt) {
            FieldDescriptor subject = subject(into, attempt.getChannel());
            attempt.setField(subject, fill(attempt.newBuilderForField(subject)).build());
        }
    }

    private static FieldDescriptor subject(Message.Builder of, Channel channel) {
        Channel known = channel == Channel.CHANNEL_UNSPECIFIED ? Channel.CLIPBOARD : channel;
        return of.getDescriptorForType().findFieldByName(known.name().toLowerCase(Locale.ROOT));
    }

    private void add(Message.Builder into, FieldDescriptor field) {
        Object value = value(into, field);
        if (value != null) {
            into.addRepeatedField(field, value);
        }
    }

    /** Of how many chances one is taken: a condition seldom, so that rules do match. */
    private int rarity(FieldDescriptor field) {
        String within = field.getContainingType().getName();
        boolean condition = within.equals("Rule") || within.equals("Who") || within.endsWith("Condition");
        return !small ? 3 : field.getName().equals("rules") ? 1 : condition ? 6 : 2;
    }

    private static int most(FieldDescriptor field) {
        return Vocabulary.shortName(field).equals("Policy.rules") ? 6 : 3;
    }

    private boolean wanted(FieldDescriptor field) {
        OneofDescriptor oneof = field.getRealContainingOneof();
        if (oneof != null) {
            return random.nextInt(oneof.getFieldCount()) == 0;
        }
        if (small && !field.getContainingType().getFile().getName().contains("policy")) {
            return random.nextInt(5) > 0;
        }
        return Vocabulary.required(field) || random.nextInt(small ? 6 : 2) == 0;
    }

    private @Nullable Object value(Message.Builder parent, FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case MESSAGE -> message(parent, field);
            case STRING -> text(field);
            case BOOLEAN -> random.nextInt(4) == 0;
            case ENUM -> word(field);
            case INT -> Vocabulary.shortName(field).equals("When.weekdays") ? 1 + random.nextInt(7) : number();
            case LONG ->
                field.getName().equals("at_micros") ? time() : small ? (Object) (long) number() : random.nextLong();
            case FLOAT, DOUBLE, BYTE_STRING -> null;
        };
    }

    private Object message(Message.Builder parent, FieldDescriptor field) {
        Message.Builder child = parent.newBuilderForField(field);
        if (child instanceof TimeRange.Builder range) {
            return range.setFromMinute(random.nextInt(1440))
                    .setUntilMinute(random.nextInt(1441))
                    .build();
        }
        if (child instanceof PortRange.Builder range) {
            int first = small ? 443 + random.nextInt(3) : 1 + random.nextInt(65_535);
            int last = random.nextBoolean() ? 0 : Math.min(65_535, first + random.nextInt(3));
            return range.setFirst(first).setLast(last).build();
        }
        return fill(child).build();
    }

    private int number() {
        return small ? (random.nextInt(4) == 0 ? 443 : random.nextInt(4)) : random.nextInt();
    }

    private long time() {
        long year2026 = 1_767_225_600L;
        return (year2026 + random.nextInt(400 * 86_400)) * 1_000_000;
    }

    private EnumValueDescriptor word(FieldDescriptor field) {
        int from = 1;
        // In a small world most rules are on two channels.
        int bound = small && field.getName().equals("channel") && random.nextInt(3) > 0
                ? 2
                : field.getEnumType().getValues().size() - 1;
        return field.getEnumType().findValueByNumber(from + random.nextInt(bound + 1 - from));
    }

    private String text(FieldDescriptor field) {
        if (small && Vocabulary.shortName(field).equals("Rule.id")) {
            return "r" + ids++;
        }
        List<String> known = TEXTS.get(Vocabulary.shortName(field));
        if (small && known != null) {
            return known.get(random.nextInt(known.size()));
        }
        return small ? "x" + random.nextInt(3) : unicode();
    }

    private String unicode() {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(12);
        String awkward = " \n\t\r:#-?*&!|>'\"%@`,[]{}~=\\\u0000\u0085\u00a0\u2028\ufeff\uffff/0aあ個";
        while (text.length() < length) {
            int point = random.nextBoolean()
                    ? awkward.charAt(random.nextInt(awkward.length()))
                    : random.nextInt(Character.MAX_CODE_POINT + 1);
            if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
                text.appendCodePoint(point);
            }
        }
        return random.nextInt(20) == 0
                ? List.of("null", "true", "0x1f", "1e5", "~", "yes").get(random.nextInt(6))
                : text.toString();
    }
}
