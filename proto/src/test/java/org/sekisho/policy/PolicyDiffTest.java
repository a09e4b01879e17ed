package org.sekisho.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sekisho.policy.Change.Direction;
import org.sekisho.policy.Change.Kind;
import org.sekisho.policy.Change.Why;

class PolicyDiffTest {
    private static List<Change> diff(String before, String after) throws PolicySyntaxException {
        String head = "segment: lgwan\nname: n\n";
        return PolicyDiff.between(
                PolicyDocument.parse(head + before).policy(),
                PolicyDocument.parse(head + after).policy());
    }

    private static List<String> rules(String before, String after) throws PolicySyntaxException {
        String start = "defaults: [{channel: print, verdict: audit}]\nrules: [";
        return diff(start + before + "]", start + after + "]").stream()
                .map(change -> change.kind() + " " + change.subject() + " " + change.field() + " " + change.direction()
                        + " " + change.why())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{channel: print, verdict: audit} | {channel: print, verdict: block} | TIGHTENS",
                "{channel: print, verdict: block} | {channel: print, verdict: justify} | LOOSENS",
                "{channel: print, verdict: block} | | NEUTRAL",
                "| {channel: print, verdict: allow} | LOOSENS",
                "{channel: print, verdict: audit, severity: high} | {channel: print, verdict: audit} | LOOSENS",
                "{channel: print, verdict: audit, severity: high} | {channel: print, verdict: block} | TIGHTENS",
                "{channel: print, verdict: audit} | {channel: print, verdict: audit, notice: {ja: x}} | NEUTRAL",
            })
    void weighsDefaults(String before, String after, Direction direction) throws PolicySyntaxException {
        String old = before == null ? "" : "defaults: [" + before + "]";
        String now = after == null ? "" : "defaults: [" + after + "]";

        assertThat(diff(old, now)).singleElement().satisfies(change -> {
            assertThat(change.kind()).isEqualTo(Kind.DEFAULT_CHANGED);
            assertThat(change.subject()).isEqualTo("print");
            assertThat(change.direction()).isEqualTo(direction);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // added, removed
                "| {id: a, channel: print, verdict: block} | RULE_ADDED a  TIGHTENS STRICTER",
                "| {id: a, channel: print, verdict: allow} | RULE_ADDED a  LOOSENS WEAKER",
                "| {id: a, channel: print, verdict: allow, disabled: true} | RULE_ADDED a  NEUTRAL SAME",
                "| {id: a, channel: print, verdict: audit} | RULE_ADDED a  NEUTRAL SAME",
                "{id: a, channel: print, verdict: block} | | RULE_REMOVED a  LOOSENS WEAKER",
                "{id: a, channel: print, verdict: allow} | | RULE_REMOVED a  TIGHTENS STRICTER",
                // a block in front of a block that a permit may not lift
                "{id: z, channel: print, verdict: block} | {id: a, channel: print, verdict: block, permit-may-lift: true}, {id: z, channel: print, verdict: block} | RULE_ADDED a  LOOSENS WEAKER",
                "{id: z, channel: print, verdict: block} | {id: z, channel: print, verdict: block}, {id: a, channel: print, verdict: allow} | RULE_ADDED a  NEUTRAL SAME",
                // fields
                "{id: a, channel: print, verdict: block} | {id: a, channel: print, verdict: block, permit-may-lift: true} | RULE_CHANGED a permit-may-lift LOOSENS WEAKER",
                "{id: a, channel: print, verdict: block} | {id: a, channel: print, verdict: block, disabled: true} | RULE_CHANGED a disabled LOOSENS WEAKER",
                "{id: a, channel: print, verdict: block} | {id: a, channel: print, verdict: block, description: x} | RULE_CHANGED a description NEUTRAL TEXT",
                "{id: a, channel: print, verdict: block} | {id: a, channel: print, verdict: block, who: {users: [x]}} | RULE_CHANGED a who LOOSENS WEAKER",
                "{id: a, channel: print, verdict: allow} | {id: a, channel: print, verdict: allow, who: {users: [x]}} | RULE_CHANGED a who TIGHTENS STRICTER",
                "{id: a, channel: print, verdict: block, print: {printers: [a]}} | {id: a, channel: print, verdict: block, print: {printers: [a, b]}} | RULE_CHANGED a print TIGHTENS STRICTER",
                "{id: a, channel: print, verdict: block, print: {printers: [a]}} | {id: a, channel: print, verdict: block, print: {printers: [b]}} | RULE_CHANGED a print LOOSENS UNDECIDED",
                // moves
                "{id: a, channel: print, verdict: allow, who: {users: [x]}}, {id: b, channel: print, verdict: block, who: {groups: [g]}} | {id: b, channel: print, verdict: block, who: {groups: [g]}}, {id: a, channel: print, verdict: allow, who: {users: [x]}} | RULE_MOVED a  TIGHTENS STRICTER",
                "{id: b, channel: print, verdict: block, who: {groups: [g]}}, {id: a, channel: print, verdict: allow, who: {users: [x]}} | {id: a, channel: print, verdict: allow, who: {users: [x]}}, {id: b, channel: print, verdict: block, who: {groups: [g]}} | RULE_MOVED b  LOOSENS WEAKER",
                "{id: a, channel: print, verdict: allow, who: {users: [x]}}, {id: b, channel: print, verdict: block, who: {users: [y]}} | {id: b, channel: print, verdict: block, who: {users: [y]}}, {id: a, channel: print, verdict: allow, who: {users: [x]}} | RULE_MOVED a  NEUTRAL SAME",
            })
    void weighsRules(String before, String after, String change) throws PolicySyntaxException {
        assertThat(rules(before == null ? "" : before, after == null ? "" : after))
                .hasSize(1)
                .allSatisfy(found -> assertThat(found.replaceFirst("RULE_MOVED [ab]", "RULE_MOVED *"))
                        .isEqualTo(change.replaceFirst("RULE_MOVED [ab]", "RULE_MOVED *")));
    }

    @Test
    void aRuleUnderANewNameIsNotMissingInBetween() throws PolicySyntaxException {
        assertThat(rules("{id: a, channel: print, verdict: block}", "{id: b, channel: print, verdict: block}"))
                .containsExactly("RULE_ADDED b  NEUTRAL SAME", "RULE_REMOVED a  NEUTRAL SAME");
    }

    @Test
    void weighsGroupsByTheRulesThatNameThem() throws PolicySyntaxException {
        String rules = "\nrules: [{id: a, channel: media, media: {device-groups: [g]}, verdict: allow}]";
        String one = "device-groups: [{name: g, members: [{vendor-ids: [0781]}]}]";
        String two = "device-groups: [{name: g, members: [{vendor-ids: [0781]}, {vendor-ids: [046d]}]}]";

        assertThat(diff(one + rules, two + rules)).extracting(Change::direction).containsExactly(Direction.LOOSENS);
        assertThat(diff(two + rules, one + rules)).extracting(Change::direction).containsExactly(Direction.TIGHTENS);
        assertThat(diff(two + rules, rules)).extracting(Change::direction).containsExactly(Direction.TIGHTENS);
        assertThat(diff(one, two)).extracting(Change::direction).containsExactly(Direction.NEUTRAL);
    }

    @Test
    void auditOnlyLoosensAndAnotherSegmentToo() throws PolicySyntaxException {
        assertThat(diff("", "audit-only: true")).extracting(Change::why).containsExactly(Why.WEAKER);
        assertThat(diff("audit-only: true", "")).extracting(Change::why).containsExactly(Why.STRICTER);
        assertThat(PolicyDiff.between(
                        PolicyDocument.parse("segment: lgwan\nname: n").policy(),
                        PolicyDocument.parse("segment: internet\nname: n").policy()))
                .extracting(Change::why)
                .containsExactly(Why.OTHER_SEGMENT);
    }

    @Test
    void oneLooseningLoosensAll() throws PolicySyntaxException {
        List<Change> changes = diff("", "audit-only: true\nrules: [{id: a, channel: print, verdict: block}]");

        assertThat(PolicyDiff.overall(changes)).isEqualTo(Direction.LOOSENS);
        assertThat(PolicyDiff.overall(List.of())).isEqualTo(Direction.NEUTRAL);
    }

    @Test
    void saysWhatChangedInBothLanguages() throws PolicySyntaxException {
        Change change =
                diff("", "rules: [{id: a, channel: print, verdict: allow}]").get(0);

        assertThat(change.text(Locale.ENGLISH)).startsWith("The rule a was added. It loosens: ");
        assertThat(change.text(Locale.JAPANESE)).startsWith("規則 a を追加。緩和: ");
        assertThat(change.after()).isEqualTo("id: a\nchannel: print\nverdict: allow");
        for (Kind kind : Kind.values()) {
            for (Why why : Why.values()) {
                Change any = new Change(kind, "s", "f", "b", "a", PolicyDiff.direction(why), why);
                assertThat(any.text(Locale.JAPANESE))
                        .isNotEqualTo(any.text(Locale.ENGLISH))
                        .doesNotContain("{");
            }
        }
    }
}
