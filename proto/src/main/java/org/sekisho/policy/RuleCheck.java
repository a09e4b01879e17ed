package org.sekisho.policy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import org.sekisho.v1.Channel;
import org.sekisho.v1.NetworkCondition;
import org.sekisho.v1.Policy;
import org.sekisho.v1.Rule;
import org.sekisho.v1.Rule.WhatCase;
import org.sekisho.v1.TransportProtocol;
import org.sekisho.v1.Verdict;
import org.sekisho.v1.When;

/** Reports what is wrong within single rules. One thread. */
final class RuleCheck {
    private static final int DAYS_A_WEEK = 7;

    private final Rule rule;
    private final String path;
    private final FindingList findings;

    private RuleCheck(Rule rule, String path, FindingList findings) {
        this.rule = rule;
        this.path = path;
        this.findings = findings;
    }

    static void check(Policy policy, Instant now, FindingList findings) {
        for (int i = 0; i < policy.getRulesCount(); i++) {
            RuleCheck check = new RuleCheck(policy.getRules(i), "rules[" + i + "]", findings);
            check.verdict();
            check.subject();
            check.dates(now);
            check.ports();
        }
    }

    private void verdict() {
        if (rule.getVerdict() == Verdict.READ_ONLY && rule.getChannel() != Channel.MEDIA) {
            report(FindingCode.READ_ONLY_NOT_MEDIA, ".verdict", word(rule.getChannel()));
        }
        if (rule.getVerdict() == Verdict.JUSTIFY && rule.getNotice().getJa().isEmpty()) {
            report(FindingCode.JUSTIFY_WITHOUT_NOTICE, "");
        }
    }

    private void subject() {
        WhatCase subject = rule.getWhatCase();
        if (subject != WhatCase.WHAT_NOT_SET && subject != SubjectCompiler.subjectOf(rule.getChannel())) {
            String key = subject.name().toLowerCase(Locale.ROOT);
            report(FindingCode.SUBJECT_NOT_OF_CHANNEL, "." + key, key, word(rule.getChannel()));
        }
    }

    private void dates(Instant now) {
        When when = rule.getWhen();
        LocalDate first = TimeCompiler.date(when.getFromDate());
        LocalDate last = TimeCompiler.date(when.getUntilDate());
        ZoneId zone = TimeCompiler.zone(when.getZone());
        if (last == null || zone == null) {
            return;
        }
        if (first != null && last.isBefore(first)) {
            report(FindingCode.EMPTY_DATE_RANGE, ".when", when.getFromDate(), when.getUntilDate());
        } else if (last.isBefore(LocalDate.ofInstant(now, zone))) {
            report(FindingCode.ENDED, ".when.until-date", when.getUntilDate());
        }
        if (first != null && !last.isBefore(first) && when.getWeekdaysCount() > 0 && !hasWeekday(first, last)) {
            report(FindingCode.NEVER_MATCHES, ".when.weekdays", "when");
        }
    }

    private boolean hasWeekday(LocalDate first, LocalDate last) {
        LocalDate day = first;
        for (int i = 0; i < DAYS_A_WEEK && !day.isAfter(last); i++, day = day.plusDays(1)) {
            DayOfWeek name = day.getDayOfWeek();
            if (rule.getWhen().getWeekdaysList().contains(name.getValue())) {
                return true;
            }
        }
        return false;
    }

    private void ports() {
        NetworkCondition network = rule.getNetwork();
        boolean withPorts = network.getProtocolsList().stream()
                .anyMatch(protocol -> protocol == TransportProtocol.TCP || protocol == TransportProtocol.UDP);
        if (network.getPortsCount() > 0 && network.getProtocolsCount() > 0 && !withPorts) {
            // ICMP has no ports (RFC 792).
            report(FindingCode.NEVER_MATCHES, ".network.ports", "network");
        }
    }

    private static String word(Channel channel) {
        return channel == Channel.UNRECOGNIZED ? "?" : Vocabulary.word(channel.getValueDescriptor());
    }

    private void report(FindingCode code, String below, String... args) {
        findings.add(Finding.ofRule(code, path + below, rule.getId(), args));
    }
}
