package org.sekisho.policy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.sekisho.v1.Channel;
import org.sekisho.v1.ChannelDefault;
import org.sekisho.v1.DeviceGroup;
import org.sekisho.v1.MediaCondition;
import org.sekisho.v1.Policy;
import org.sekisho.v1.Rule;
import org.sekisho.v1.Verdict;

/** Reports names that stand twice, references that lead nowhere, and a closed network. One thread. */
final class StructureCheck {
    private final FindingList findings;

    StructureCheck(FindingList findings) {
        this.findings = findings;
    }

    void check(Policy policy) {
        defaults(policy);
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < policy.getRulesCount(); i++) {
            String id = policy.getRules(i).getId();
            if (!id.isEmpty() && !ids.add(id)) {
                findings.add(Finding.ofRule(FindingCode.DUPLICATE_RULE_ID, "rules[" + i + "].id", id, Excerpt.of(id)));
            }
        }
        groups(policy);
        network(policy);
    }

    private void defaults(Policy policy) {
        Set<Channel> channels = new HashSet<>();
        for (int i = 0; i < policy.getDefaultsCount(); i++) {
            ChannelDefault fallback = policy.getDefaults(i);
            String path = "defaults[" + i + "]";
            if (!channels.add(fallback.getChannel())) {
                report(FindingCode.DUPLICATE_DEFAULT, path + ".channel", word(fallback.getChannel()));
            }
            if (fallback.getVerdict() == Verdict.READ_ONLY && fallback.getChannel() != Channel.MEDIA) {
                report(FindingCode.READ_ONLY_NOT_MEDIA, path + ".verdict", word(fallback.getChannel()));
            }
        }
    }

    private void groups(Policy policy) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < policy.getDeviceGroupsCount(); i++) {
            DeviceGroup group = policy.getDeviceGroups(i);
            String path = "device-groups[" + i + "]";
            if (!group.getName().isEmpty() && !names.add(group.getName())) {
                report(FindingCode.DUPLICATE_GROUP, path + ".name", Excerpt.of(group.getName()));
            }
            if (group.getMembersCount() == 0) {
                report(FindingCode.EMPTY_GROUP, path, Excerpt.of(group.getName()));
            }
            List<MediaCondition> members = group.getMembersList();
            for (int j = 0; j < members.size(); j++) {
                if (members.get(j).getDeviceGroupsCount() > 0) {
                    report(FindingCode.NESTED_GROUP, path + ".members[" + j + "].device-groups");
                }
            }
        }
        Set<String> known =
                policy.getDeviceGroupsList().stream().map(DeviceGroup::getName).collect(Collectors.toSet());
        for (int i = 0; i < policy.getRulesCount(); i++) {
            Rule rule = policy.getRules(i);
            List<String> named = rule.getMedia().getDeviceGroupsList();
            for (int j = 0; j < named.size(); j++) {
                if (!known.contains(named.get(j))) {
                    findings.add(Finding.ofRule(
                            FindingCode.UNKNOWN_GROUP,
                            "rules[" + i + "].media.device-groups[" + j + "]",
                            rule.getId(),
                            Excerpt.of(named.get(j))));
                }
            }
        }
    }

    private void network(Policy policy) {
        boolean open = policy.getDefaultsList().stream()
                        .anyMatch(fallback ->
                                fallback.getChannel() == Channel.NETWORK && fallback.getVerdict() != Verdict.BLOCK)
                || policy.getRulesList().stream()
                        .anyMatch(rule -> rule.getChannel() == Channel.NETWORK
                                && !rule.getDisabled()
                                && rule.getVerdict() != Verdict.BLOCK);
        if (!open) {
            report(FindingCode.NETWORK_CLOSED, "defaults");
        }
    }

    private static String word(Channel channel) {
        return channel == Channel.UNRECOGNIZED ? "?" : Vocabulary.word(channel.getValueDescriptor());
    }

    private void report(FindingCode code, String path, String... args) {
        findings.add(Finding.ofRule(code, path, "", args));
    }
}
