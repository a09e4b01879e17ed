package org.sekisho.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sekisho.policy.Explanation.Lifting;
import org.sekisho.policy.Explanation.RuleTrace;
import org.sekisho.policy.Explanation.Standing;
import org.sekisho.v1.Attempt;
import org.sekisho.v1.Channel;
import org.sekisho.v1.Circumstances;
import org.sekisho.v1.Decision;
import org.sekisho.v1.MediaClass;
import org.sekisho.v1.MediaSubject;
import org.sekisho.v1.NetworkSubject;
import org.sekisho.v1.PermitDirection;
import org.sekisho.v1.PermitGrant;
import org.sekisho.v1.PrintSubject;
import org.sekisho.v1.Reason;
import org.sekisho.v1.TransportProtocol;
import org.sekisho.v1.Verdict;

class PolicyDeciderTest {
    private static final Circumstances ALICE = Circumstances.newBuilder()
            .setUser("Alice")
            .setTerminal("t1")
            .setAtMicros(1_000)
            .build();
    private static final Attempt PRINT = Attempt.newBuilder()
            .setChannel(Channel.PRINT)
            .setPrint(PrintSubject.newBuilder().setPrinter("P1"))
            .build();

    private static PolicyDecider decider(String yaml) throws PolicySyntaxException {
        return PolicyDecider.of(PolicyDocument.parse("segment: lgwan\nname: n\nrevision: 3\n" + yaml)
                .policy());
    }

    @ParameterizedTest
    @EnumSource(
            names = {"CHANNEL_UNSPECIFIED", "UNRECOGNIZED"},
            mode = EnumSource.Mode.EXCLUDE)
    void withoutAPolicyNothingLeaves(Channel channel) {
        Decision decision = PolicyDecider.failClosed()
                .decide(ALICE, Attempt.newBuilder().setChannel(channel).build());

        assertThat(decision.getVerdict()).isEqualTo(Verdict.BLOCK);
        assertThat(decision.getReason()).isEqualTo(Reason.NO_POLICY);
        assertThat(PolicyDecider.failClosed().notice(channel, decision, Locale.JAPANESE))
                .contains("ポリシーがない");
    }

    @ParameterizedTest
    @EnumSource(MediaClass.class)
    void withoutAPolicyOnlyWhatAPersonWorksTheTerminalWithIsLetIn(MediaClass device) {
        if (device == MediaClass.UNRECOGNIZED) {
            return;
        }
        Attempt plug = Attempt.newBuilder()
                .setChannel(Channel.MEDIA)
                .setMedia(MediaSubject.newBuilder().setMediaClass(device))
                .build();
        boolean input =
                Set.of(MediaClass.KEYBOARD, MediaClass.POINTER, MediaClass.HUB).contains(device);

        assertThat(PolicyDecider.failClosed().decide(ALICE, plug).getVerdict())
                .isEqualTo(input ? Verdict.ALLOW : Verdict.BLOCK);
    }

    @Test
    void aChannelWithoutDefaultOrUnknownIsBlocked() throws PolicySyntaxException {
        PolicyDecider decider = decider("");

        for (int channel : new int[] {0, 3, 99, -1}) {
            Decision decision = decider.decide(
                    ALICE, Attempt.newBuilder().setChannelValue(channel).build());
            assertThat(decision.getVerdict()).isEqualTo(Verdict.BLOCK);
            assertThat(decision.getReason()).isEqualTo(Reason.CHANNEL_DEFAULT);
            assertThat(decision.getRevision()).isEqualTo(3);
        }
    }

    @Test
    void aVerdictWithoutMeaningBlocks() throws PolicySyntaxException {
        PolicyDecider readOnlyPrint = decider("rules: [{id: a, channel: print, verdict: read-only}]");

        assertThat(readOnlyPrint.decide(ALICE, PRINT).getVerdict()).isEqualTo(Verdict.BLOCK);
    }

    @Test
    void portsAreOfTcpAndUdpAndNeverOfIcmp() throws PolicySyntaxException {
        PolicyDecider decider = PolicyDecider.of(PolicyDocument.parse("""
                        segment: my-number
                        name: p
                        rules:
                          - id: web
                            channel: network
                            network: {ports: [443]}
                            verdict: allow
                        """).policy());
        for (TransportProtocol protocol :
                List.of(TransportProtocol.TCP, TransportProtocol.UDP, TransportProtocol.ICMP)) {
            Attempt attempt = Attempt.newBuilder()
                    .setChannel(Channel.NETWORK)
                    .setNetwork(
                            NetworkSubject.newBuilder().setProtocol(protocol).setPort(443))
                    .build();
            assertThat(decider.decide(Circumstances.getDefaultInstance(), attempt)
                            .getVerdict())
                    .as("%s", protocol)
                    .isEqualTo(protocol == TransportProtocol.ICMP ? Verdict.BLOCK : Verdict.ALLOW);
        }
    }

    @Test
    void explainsWhichConditionOfEachRuleDidNotHold() throws PolicySyntaxException {
        PolicyDecider decider = decider("""
                rules:
                  - {id: off, disabled: true, channel: print, verdict: block}
                  - {id: other, channel: screen, verdict: block}
                  - {id: who, channel: print, who: {groups: [g]}, print: {printers: [x]}, verdict: block}
                  - {id: what, channel: print, who: {users: [alice]}, print: {printers: [x]}, verdict: block}
                  - {id: this, channel: print, print: {printers: [p?]}, verdict: justify}
                  - {id: late, channel: print, verdict: block}
                """);

        assertThat(decider.explain(ALICE, PRINT).rules())
                .containsExactly(
                        new RuleTrace("off", Standing.DISABLED, ""),
                        new RuleTrace("other", Standing.OTHER_CHANNEL, ""),
                        new RuleTrace("who", Standing.NO_MATCH, "who.groups"),
                        new RuleTrace("what", Standing.NO_MATCH, "print.printers"),
                        new RuleTrace("this", Standing.DECIDED, ""),
                        new RuleTrace("late", Standing.TOO_LATE, ""));
    }

    @Test
    void explainsWhatPermitsHaveToDoWithIt() throws PolicySyntaxException {
        String rule = "rules: [{id: a, channel: print, verdict: block, permit-may-lift: %s}]\n";
        Permits held = new Permits.Granted(List.of(new Permit(PermitGrant.newBuilder()
                .setId("p")
                .setUser("alice")
                .setTerminal("t1")
                .setChannel(Channel.PRINT)
                .setDirection(PermitDirection.OUTWARD)
                .build())));

        assertThat(decider(rule.formatted(true)).explain(held, ALICE, PRINT)).satisfies(lifted -> {
            assertThat(lifted.lifting()).isEqualTo(Lifting.LIFTED);
            assertThat(lifted.decision().getVerdict()).isEqualTo(Verdict.AUDIT);
            assertThat(lifted.alone().getVerdict()).isEqualTo(Verdict.BLOCK);
        });
        assertThat(decider(rule.formatted(true)).explain(ALICE, PRINT).lifting())
                .isEqualTo(Lifting.NONE_IN_FORCE);
        assertThat(decider(rule.formatted(false)).explain(held, ALICE, PRINT).lifting())
                .isEqualTo(Lifting.NOT_LIFTABLE);
        assertThat(decider("rules: [{id: a, channel: print, verdict: audit}]\n")
                        .explain(held, ALICE, PRINT)
                        .lifting())
                .isEqualTo(Lifting.NOT_NEEDED);
    }

    @Test
    void tellsTheUserInTheRulesWordsElseInItsOwn() throws PolicySyntaxException {
        PolicyDecider decider = decider("""
                defaults: [{channel: screen, verdict: block, notice: {ja: 画面}}]
                rules: [{id: a, channel: print, verdict: block, notice: {ja: 印刷, en: print}}]
                """);
        Decision rule = decider.decide(ALICE, PRINT);
        Decision fallback = decider.decide(
                ALICE, Attempt.newBuilder().setChannel(Channel.SCREEN).build());

        assertThat(decider.notice(Channel.PRINT, rule, Locale.JAPAN)).isEqualTo("印刷");
        assertThat(decider.notice(Channel.PRINT, rule, Locale.GERMAN)).isEqualTo("print");
        assertThat(decider.notice(Channel.SCREEN, fallback, Locale.ENGLISH)).isEqualTo("画面");
        assertThat(decider.notice(
                        Channel.PRINT,
                        rule.toBuilder().setReason(Reason.TOO_LARGE).build(),
                        Locale.ENGLISH))
                .contains("too large");
        assertThat(decider.notice(Channel.PRINT, rule.toBuilder().setRevision(2).build(), Locale.ENGLISH))
                .contains("stopped by the policy");
        assertThat(decider.notice(
                        Channel.PRINT,
                        Decision.newBuilder().setVerdict(Verdict.ALLOW).build(),
                        Locale.ENGLISH))
                .isEmpty();
    }

    @Test
    void everyReasonAndVerdictHasItsWordsInBothLanguages() {
        for (Reason reason : Reason.values()) {
            for (Verdict verdict : Verdict.values()) {
                if (reason != Reason.UNRECOGNIZED && verdict != Verdict.UNRECOGNIZED) {
                    Decision decision = Decision.newBuilder()
                            .setReason(reason)
                            .setVerdict(verdict)
                            .build();
                    assertThat(Notices.builtIn(decision, Locale.JAPANESE).isEmpty())
                            .isEqualTo(Notices.builtIn(decision, Locale.ENGLISH).isEmpty());
                }
            }
        }
    }
}
