package org.sekisho.agent.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sekisho.agent.channel.AttemptDesk.Ruling;
import org.sekisho.agent.channel.ChannelException;
import org.sekisho.agent.channel.DesktopSession;
import org.sekisho.agent.journal.JournalException;
import org.sekisho.policy.Permit;
import org.sekisho.policy.Permits;
import org.sekisho.v1.Attempt;
import org.sekisho.v1.AttemptEvent;
import org.sekisho.v1.Channel;
import org.sekisho.v1.ClipboardSubject;
import org.sekisho.v1.Decision;
import org.sekisho.v1.Enforcement;
import org.sekisho.v1.Event;
import org.sekisho.v1.LoginState;
import org.sekisho.v1.NetworkState;
import org.sekisho.v1.PermitDirection;
import org.sekisho.v1.PermitGrant;
import org.sekisho.v1.Policy;
import org.sekisho.v1.Process;
import org.sekisho.v1.Rule;
import org.sekisho.v1.Verdict;
import org.sekisho.v1.Who;

class PolicyDeskTest {
    private static final DesktopSession SESSION = new DesktopSession(":0", "hanako", List.of("zeimu"));
    private static final Attempt ATTEMPT =
            Attempt.newBuilder().setChannel(Channel.CLIPBOARD).build();

    private final List<Event> events = new ArrayList<>();
    private RunningPolicy running = RunningPolicy.NONE;
    private boolean online = true;
    private String orgUnit = "";
    private boolean journalFails;
    private final GrantedOnce permits = new GrantedOnce();
    private final PolicyDesk desk = new PolicyDesk(
            () -> running,
            permits,
            event -> {
                if (journalFails) {
                    throw new JournalException("disk full");
                }
                events.add(event.build());
            },
            () -> online,
            () -> orgUnit,
            InstantSource.fixed(Instant.EPOCH.plusSeconds(1)),
            "terminal-7",
            "pc-0042");

    @Test
    void withoutAPolicyNothingIsLetThrough() {
        Ruling ruling = desk.rule(SESSION, ATTEMPT);

        assertThat(ruling.letThrough()).isFalse();
        assertThat(ruling.decision().getVerdict()).isEqualTo(Verdict.BLOCK);
        assertThat(ruling.notice().getJa()).isNotEmpty();
        assertThat(ruling.notice().getEn()).isNotEmpty();
    }

    @Test
    void verdictsBecomeActs() {
        assertActs(Verdict.ALLOW, true, false);
        assertActs(Verdict.AUDIT, true, false);
        assertActs(Verdict.JUSTIFY, false, true);
        assertActs(Verdict.BLOCK, false, false);
    }

    @Test
    void theDivisionDecides() {
        Rule forOneDivision = Rule.newBuilder()
                .setId("tax")
                .setWho(Who.newBuilder().addOrgUnits("総務部/税務課"))
                .setChannel(Channel.CLIPBOARD)
                .setVerdict(Verdict.BLOCK)
                .build();
        run(Policies.policy(1, Verdict.ALLOW, false).toBuilder()
                .addRules(forOneDivision)
                .build());

        assertThat(desk.rule(SESSION, ATTEMPT).decision().getVerdict()).isEqualTo(Verdict.ALLOW);
        orgUnit = "総務部/税務課";
        assertThat(desk.rule(SESSION, ATTEMPT).decision().getVerdict()).isEqualTo(Verdict.BLOCK);
        orgUnit = "総務部/市民課";
        assertThat(desk.rule(SESSION, ATTEMPT).decision().getVerdict()).isEqualTo(Verdict.ALLOW);
    }

    @Test
    void auditOnlyLetsThroughWhatItWouldStopAndSaysNothing() {
        for (Verdict verdict : List.of(Verdict.BLOCK, Verdict.JUSTIFY)) {
            run(Policies.policy(1, verdict, true));
            Ruling ruling = desk.rule(SESSION, ATTEMPT);

            assertThat(ruling.decision().getVerdict()).isEqualTo(verdict);
            assertThat(ruling.letThrough()).isTrue();
            assertThat(ruling.justify()).isFalse();
            assertThat(ruling.notice().getJa()).isEmpty();
        }
    }

    @Test
    void theRecordSaysWhoWhereAndInWhichState() throws ChannelException {
        online = false;
        desk.record(SESSION, ATTEMPT, Decision.getDefaultInstance(), Enforcement.ENFORCED, "");

        AttemptEvent event = events.getFirst().getAttempt();
        assertThat(event.getCircumstances().getTerminal()).isEqualTo("terminal-7");
        assertThat(event.getCircumstances().getHost()).isEqualTo("pc-0042");
        assertThat(event.getCircumstances().getUser()).isEqualTo("hanako");
        assertThat(event.getCircumstances().getGroupsList()).containsExactly("zeimu");
        assertThat(event.getCircumstances().getLogin()).isEqualTo(LoginState.PASSWORD);
        assertThat(event.getCircumstances().getNetwork()).isEqualTo(NetworkState.OFF_NETWORK);
        assertThat(event.getCircumstances().getAtMicros()).isEqualTo(1_000_000);
        assertThat(event.getEnforcement()).isEqualTo(Enforcement.ENFORCED);
    }

    @Test
    void whatAUserCanInfluenceIsMasked() throws ChannelException {
        String number = "123456789018";
        Process process = Process.newBuilder()
                .setPath("/home/hanako/" + number + "/app")
                .setWindowTitle("住民 " + number)
                .build();
        desk.record(
                SESSION,
                ATTEMPT.toBuilder()
                        .setClipboard(ClipboardSubject.newBuilder()
                                .setSource(process)
                                .setDestination(process)
                                .setTarget("x-" + number))
                        .build(),
                Decision.getDefaultInstance(),
                Enforcement.ENFORCED,
                "必要 " + number);

        assertThat(events.getFirst().toString()).doesNotContain(number).doesNotContain("5678");
        assertThat(events.getFirst()
                        .getAttempt()
                        .getAttempt()
                        .getClipboard()
                        .getSource()
                        .getWindowTitle())
                .startsWith("住民 ");
        assertThat(events.getFirst().getAttempt().getJustification()).startsWith("必要");
    }

    @Test
    void aLongReasonIsCutBetweenCharacters() throws ChannelException {
        desk.record(SESSION, ATTEMPT, Decision.getDefaultInstance(), Enforcement.ENFORCED, "a" + "𠮷".repeat(5_000));

        String kept = events.getFirst().getAttempt().getJustification();
        assertThat(kept.length()).isBetween(999, AttemptMask.MAX_JUSTIFICATION);
        assertThat(kept).endsWith("𠮷");
    }

    @Test
    void whatCouldNotBeRecordedIsTold() {
        journalFails = true;

        assertThatThrownBy(() -> desk.record(SESSION, ATTEMPT, Decision.getDefaultInstance(), Enforcement.ENFORCED, ""))
                .isInstanceOf(ChannelException.class)
                .hasMessageContaining("disk full");
    }

    private void assertActs(Verdict verdict, boolean letThrough, boolean justify) {
        run(Policies.policy(1, verdict, false));
        Ruling ruling = desk.rule(SESSION, ATTEMPT);
        assertThat(ruling.letThrough()).as("%s", verdict).isEqualTo(letThrough);
        assertThat(ruling.justify()).as("%s", verdict).isEqualTo(justify);
        assertThat(ruling.decision().getVerdict()).isEqualTo(verdict);
    }

    private void run(Policy policy) {
        running = RunningPolicy.of(policy, policy.getRevision(), com.google.protobuf.ByteString.EMPTY);
    }

    @Test
    void aPermitLetsThroughAndIsCountedBeforeTheAttemptIsRecorded() throws ChannelException {
        run(liftable());
        assertThat(desk.rule(SESSION, ATTEMPT).letThrough()).isFalse();
        permits.granted = true;

        Ruling ruling = desk.rule(SESSION, ATTEMPT);
        assertThat(ruling.letThrough()).isTrue();
        assertThat(ruling.decision().getPermit()).isEqualTo("p");
        desk.record(SESSION, ATTEMPT, ruling.decision(), Enforcement.ENFORCED, "");
        assertThat(permits.uses).containsExactly("p hanako");
        assertThat(events)
                .singleElement()
                .satisfies(event ->
                        assertThat(event.getAttempt().getDecision().getPermit()).isEqualTo("p"));

        permits.refuses = true;
        assertThatThrownBy(() -> desk.record(SESSION, ATTEMPT, ruling.decision(), Enforcement.ENFORCED, ""))
                .isInstanceOf(ChannelException.class);
        assertThat(events).hasSize(1);
    }

    @Test
    void anAuditSpendsNoUse() throws ChannelException {
        run(liftable());
        permits.granted = true;
        desk.record(SESSION, ATTEMPT, desk.rule(SESSION, ATTEMPT).decision(), Enforcement.AUDIT_ONLY, "");

        assertThat(permits.uses).isEmpty();
    }

    private static Policy liftable() {
        return Policies.policy(1, Verdict.BLOCK, false).toBuilder()
                .addRules(Rule.newBuilder()
                        .setId("r")
                        .setChannel(Channel.CLIPBOARD)
                        .setVerdict(Verdict.BLOCK)
                        .setPermitMayLift(true))
                .build();
    }

    private static final class GrantedOnce implements PermitDesk {
        final List<String> uses = new ArrayList<>();
        boolean granted;
        boolean refuses;

        @Override
        public Permits inForce() {
            return granted
                    ? new Permits.Granted(List.of(new Permit(PermitGrant.newBuilder()
                            .setId("p")
                            .setUser("hanako")
                            .setTerminal("terminal-7")
                            .setChannel(Channel.CLIPBOARD)
                            .setDirection(PermitDirection.OUTWARD)
                            .build())))
                    : Permits.NONE;
        }

        @Override
        public void use(String permit, String user, Attempt attempt) throws ChannelException {
            if (refuses) {
                throw new ChannelException("no use left");
            }
            uses.add(permit + " " + user);
        }
    }
}
