package org.sekisho.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyCheckTest {
    private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");

    /** Findings as {@code level code path}, without the notes. */
    private static List<String> check(String rest) throws PolicySyntaxException {
        String head = "segment: lgwan\nname: n\n";
        String open = rest.contains("defaults:") ? "" : "defaults: [{channel: media, verdict: allow}]\n";
        return PolicyCheck.check(PolicyDocument.parse(head + open + rest), NOW).stream()
                .filter(found -> found.level() != FindingLevel.NOTE)
                .map(found -> found.level() + " " + found.code().id() + " " + found.path())
                .toList();
    }

    private static String rules(String... rules) {
        StringBuilder yaml = new StringBuilder("rules:\n");
        for (int i = 0; i < rules.length; i++) {
            yaml.append("  - {id: r").append(i).append(", ").append(rules[i]).append("}\n");
        }
        return yaml.toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // earlier, later, finding
                "channel: print, verdict: audit | channel: print, verdict: block | ERROR contradictory",
                "channel: print, verdict: audit | channel: print, verdict: audit, severity: high | WARNING redundant",
                "channel: print, verdict: audit | channel: print, verdict: block, who: {users: [a]} | ERROR shadowed",
                "channel: print, verdict: audit, who: {users: ['a*']} | channel: print, verdict: block, who: {users: [ALICE, a?]} | ERROR shadowed",
                "channel: print, verdict: audit, who: {org-units: [市長部局]} | channel: print, verdict: block, who: {org-units: [市長部局/税務課]} | ERROR shadowed",
                "channel: print, verdict: audit, when: {times: ['08:00-18:00']} | channel: print, verdict: block, when: {times: ['08:30-12:00', '13:00-17:15']} | ERROR shadowed",
                "channel: print, verdict: audit, when: {from-date: 2026-01-01} | channel: print, verdict: block, when: {from-date: 2026-04-01, until-date: 2027-01-01} | ERROR shadowed",
                "channel: print, verdict: audit, content: [{label: my_number}] | channel: print, verdict: block, content: [{label: my_number, min-count: 3, min-grade: high}] | ERROR shadowed",
                "channel: print, verdict: audit, print: {min-pages: 2} | channel: print, verdict: block, print: {min-pages: 3} | ERROR shadowed",
                "channel: network, verdict: audit, network: {destinations: [10.0.0.0/8]} | channel: network, verdict: block, network: {destinations: [10.1.0.0/16], ports: [443]} | ERROR shadowed",
                "channel: network, verdict: audit, network: {ports: [1-100, 101-200]} | channel: network, verdict: block, network: {ports: [50-150]} | ERROR shadowed",
                "channel: program, verdict: audit, program: {program: {paths: ['/usr/**']}} | channel: program, verdict: block, program: {program: {paths: ['/usr/*/x?']}} | ERROR shadowed",
                "channel: media, verdict: audit, media: {interfaces: ['08:*:*']} | channel: media, verdict: block, media: {interfaces: ['08:06:50', '03:01:01'], interface-match: all-of} | ERROR shadowed",
            })
    void findsWhatAnEarlierRuleTakes(String earlier, String later, String finding) throws PolicySyntaxException {
        assertThat(check(rules(earlier, later))).containsExactly(finding + " rules[1]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "channel: print, verdict: audit, disabled: true | channel: print, verdict: block",
                "channel: print, verdict: audit, who: {users: ['*']} | channel: print, verdict: block",
                "channel: print, verdict: audit | channel: screen, verdict: block",
                "channel: print, verdict: audit, who: {users: [a]} | channel: print, verdict: block, who: {groups: [a]}",
                "channel: print, verdict: audit, when: {times: ['08:00-17:00'], zone: UTC} | channel: print, verdict: block, when: {times: ['09:00-10:00']}",
                "channel: print, verdict: audit, content: [{label: my_number, min-grade: high}] | channel: print, verdict: block, content: [{label: my_number}]",
                "channel: network, verdict: audit, network: {destinations: ['::/0']} | channel: network, verdict: block, network: {destinations: [0.0.0.0/0]}",
                "channel: program, verdict: audit, program: {program: {paths: ['/usr/*']}} | channel: program, verdict: block, program: {program: {paths: ['/usr/**']}}",
                "channel: media, verdict: audit, media: {interfaces: ['08:*:*'], interface-match: exactly} | channel: media, verdict: block, media: {interfaces: ['08:06:50']}",
            })
    void doesNotFindWhatAnEarlierRuleLeaves(String earlier, String later) throws PolicySyntaxException {
        assertThat(check(rules(earlier, later))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "channel: print, verdict: read-only | ERROR read-only-not-media rules[0].verdict",
                "channel: print, verdict: block, media: {} | ERROR subject-not-of-channel rules[0].media",
                "channel: media, verdict: block, media: {product-ids: [ABCD]} | ERROR bad-hex rules[0].media.product-ids[0]",
                "channel: media, verdict: block, media: {device-groups: [none]} | ERROR unknown-group rules[0].media.device-groups[0]",
                "channel: media, verdict: block, media: {interfaces: ['8:6:50']} | ERROR bad-interface rules[0].media.interfaces[0]",
                "channel: print, verdict: block, when: {from-date: 2026-02-30} | ERROR bad-date rules[0].when.from-date",
                "channel: print, verdict: block, when: {zone: Asia/Edo} | ERROR bad-zone rules[0].when.zone",
                "channel: print, verdict: block, when: {from-date: 2026-05-01, until-date: 2026-04-01} | ERROR empty-date-range rules[0].when",
                "channel: print, verdict: block, when: {until-date: 2026-11-21} | WARNING ended rules[0].when.until-date",
                "channel: print, verdict: block, when: {from-date: 2027-01-04, until-date: 2027-01-05, weekdays: [sun]} | ERROR never-matches rules[0].when.weekdays",
                "channel: network, verdict: block, network: {protocols: [icmp], ports: [1]} | ERROR never-matches rules[0].network.ports",
                "channel: network, verdict: block, network: {destinations: [10.0.0.0/33]} | ERROR bad-destination rules[0].network.destinations[0]",
                "channel: print, verdict: block, content: [{label: my-number}] | ERROR unknown-label rules[0].content[0].label",
                "channel: program, verdict: block, program: {program: {paths: [bin/x]}} | ERROR path-not-absolute rules[0].program.program.paths[0]",
                "channel: print, verdict: block, who: {users: ['']} | ERROR bad-pattern rules[0].who.users[0]",
            })
    void findsWhatHasNoMeaning(String rule, String finding) throws PolicySyntaxException {
        assertThat(check(rules(rule))).containsExactly(finding);
    }

    @Test
    void findsNamesThatStandTwice() throws PolicySyntaxException {
        assertThat(check("""
                defaults: [{channel: media, verdict: allow}, {channel: media, verdict: block}]
                rules:
                  - {id: a, channel: print, verdict: block, who: {users: [a]}}
                  - {id: a, channel: print, verdict: block, who: {users: [b]}}
                device-groups: [{name: g, members: [{}]}, {name: g}, {name: h, members: [{device-groups: [g]}]}]
                """))
                .containsExactlyInAnyOrder(
                        "ERROR duplicate-default defaults[1].channel",
                        "ERROR duplicate-rule-id rules[1].id",
                        "ERROR duplicate-group device-groups[1].name",
                        "WARNING empty-group device-groups[1]",
                        "ERROR nested-group device-groups[2].members[0].device-groups");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "defaults: []",
                "defaults: [{channel: media, verdict: justify}]",
                "rules: [{id: a, channel: media, verdict: block}]",
                "rules: [{id: a, channel: media, media: {classes: [keyboard, pointer, hub]}, verdict: block}]",
                "rules: [{id: a, channel: media, media: {interfaces: ['03:*:*']}, verdict: block}]",
                "rules: [{id: a, channel: media, when: {times: ['22:00-06:00']}, verdict: block}]",
                "rules: [{id: a, channel: media, login: [none], verdict: block}]",
                "rules: [{id: a, channel: media, when: {network: off-network}, verdict: block}]",
                "rules: [{id: a, channel: media, login: [verified], verdict: allow}, {id: b, channel: media, verdict: block}]",
                "rules: [{id: a, channel: media, who: {users: ['*']}, verdict: allow}, {id: b, channel: media, verdict: block}]",
            })
    void refusesToLockEverybodyOut(String policy) throws PolicySyntaxException {
        assertThat(check(policy))
                .isNotEmpty()
                .allSatisfy(found -> assertThat(found).startsWith("ERROR lock-out"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rules: [{id: k, channel: media, media: {classes: [keyboard, pointer]}, verdict: allow}, {id: b, channel: media, verdict: block}]",
                "rules: [{id: k, channel: media, media: {interfaces: ['03:*:*'], interface-match: exactly}, verdict: audit}, {id: b, channel: media, verdict: block}]",
                "rules: [{id: a, channel: media, media: {classes: [keyboard], vendor-ids: ['0781']}, verdict: block}]",
                "rules: [{id: a, channel: media, who: {terminals: [t1]}, verdict: block}]",
                "rules: [{id: a, channel: media, media: {classes: [usb-storage]}, verdict: block}]",
            })
    void letsThroughWhatLeavesKeyboardsAlone(String policy) throws PolicySyntaxException {
        assertThat(check(policy)).isEmpty();
    }

    @Test
    void warnsWhenOnlySomeKeyboardsWork() throws PolicySyntaxException {
        assertThat(check("""
                defaults: [{channel: media, verdict: block}]
                rules:
                  - {id: a, channel: media, media: {classes: [keyboard], vendor-ids: [046d]}, verdict: allow}
                  - {id: b, channel: media, media: {classes: [pointer]}, verdict: allow}
                """)).containsExactly("WARNING input-limited defaults");
    }

    @Test
    void notesWhatIsWorthKnowing() throws PolicySyntaxException {
        assertThat(PolicyCheck.check(
                        PolicyDocument.parse("segment: lgwan\nname: n\ndefaults: [{channel: media, verdict: allow}]\n"
                                + rules("channel: print, verdict: justify")),
                        NOW))
                .extracting(Finding::code)
                .containsExactlyInAnyOrder(FindingCode.NETWORK_CLOSED, FindingCode.JUSTIFY_WITHOUT_NOTICE);
    }

    @ParameterizedTest
    @EnumSource(FindingCode.class)
    void everyFindingHasItsTextInBothLanguages(FindingCode code) {
        Finding finding = Finding.of(code, "", Position.UNKNOWN, "first", "second", "third");

        assertThat(finding.text(Locale.JAPANESE)).isNotEqualTo(finding.text(Locale.ENGLISH));
        assertThat(finding.text(Locale.ENGLISH)).isNotBlank().doesNotContain("{", "'");
        assertThat(finding.text(Locale.FRENCH)).isEqualTo(finding.text(Locale.ENGLISH));
    }
}
