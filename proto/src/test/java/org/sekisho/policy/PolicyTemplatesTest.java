package org.sekisho.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sekisho.v1.Attempt;
import org.sekisho.v1.Channel;
import org.sekisho.v1.Circumstances;
import org.sekisho.v1.ClipboardSubject;
import org.sekisho.v1.Decision;
import org.sekisho.v1.Grade;
import org.sekisho.v1.Label;
import org.sekisho.v1.Segment;
import org.sekisho.v1.Severity;
import org.sekisho.v1.Verdict;

class PolicyTemplatesTest {
    private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");

    @ParameterizedTest
    @EnumSource(names = {"MY_NUMBER", "LGWAN", "INTERNET"})
    void isForItsSegmentAndHasNeitherErrorsNorWarnings(Segment segment) {
        ParsedPolicy template = PolicyTemplates.load(segment);

        assertThat(template.policy().getSegment()).isEqualTo(segment);
        assertThat(template.policy().getAuditOnly()).isFalse();
        assertThat(PolicyCheck.check(template, NOW))
                .filteredOn(finding -> finding.level() != FindingLevel.NOTE)
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"MY_NUMBER", "LGWAN", "INTERNET"})
    void saysInBothLanguagesWhyItStops(Segment segment) {
        assertThat(PolicyTemplates.load(segment).policy().getRulesList())
                .filteredOn(rule -> rule.getVerdict() == Verdict.BLOCK || rule.getVerdict() == Verdict.JUSTIFY)
                .allSatisfy(rule -> {
                    assertThat(rule.getNotice().getJa()).isNotEmpty();
                    assertThat(rule.getNotice().getEn()).isNotEmpty();
                });
    }

    @ParameterizedTest
    @EnumSource(names = {"MY_NUMBER", "LGWAN", "INTERNET"})
    void everyChannelHasADefault(Segment segment) {
        assertThat(PolicyTemplates.load(segment).policy().getDefaultsList())
                .extracting(fallback -> fallback.getChannel())
                .containsExactlyInAnyOrder(
                        Channel.MEDIA,
                        Channel.CLIPBOARD,
                        Channel.PRINT,
                        Channel.NETWORK,
                        Channel.PROGRAM,
                        Channel.SCREEN);
    }

    @ParameterizedTest
    @EnumSource(names = {"SEGMENT_UNSPECIFIED", "UNRECOGNIZED"})
    void whatIsNoSegmentHasNone(Segment segment) {
        assertThatThrownBy(() -> PolicyTemplates.load(segment)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theMyNumberTemplateStopsOnePersonalNumberOfLowConfidence() {
        PolicyDecider decider = decider();

        Decision decision = decider.decide(Circumstances.getDefaultInstance(), paste("my_number"));

        assertThat(decision.getVerdict()).isEqualTo(Verdict.BLOCK);
        assertThat(decision.getSeverity()).isEqualTo(Severity.HIGH);
        assertThat(decider.notice(Channel.CLIPBOARD, decision, Locale.JAPANESE)).contains("個人番号");
        assertThat(decider.notice(Channel.CLIPBOARD, decision, Locale.ENGLISH)).contains("personal number");
    }

    @Test
    void theMyNumberTemplateRecordsEveryOtherPaste() {
        Decision decision = decider().decide(Circumstances.getDefaultInstance(), paste("corporate_number"));

        assertThat(decision.getVerdict()).isEqualTo(Verdict.AUDIT);
        assertThat(decision.getSeverity()).isEqualTo(Severity.LOW);
    }

    private static PolicyDecider decider() {
        return PolicyDecider.of(PolicyTemplates.load(Segment.MY_NUMBER).policy());
    }

    private static Attempt paste(String label) {
        return Attempt.newBuilder()
                .setChannel(Channel.CLIPBOARD)
                .setClipboard(ClipboardSubject.getDefaultInstance())
                .addLabels(Label.newBuilder().setLabel(label).setCount(1).setGrade(Grade.LOW_CONFIDENCE))
                .build();
    }
}
