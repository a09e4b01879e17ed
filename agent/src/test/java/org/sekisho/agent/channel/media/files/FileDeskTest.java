package org.sekisho.agent.channel.media.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sekisho.agent.channel.DesktopSession;
import org.sekisho.agent.channel.TestPeople;
import org.sekisho.agent.channel.media.MediaVolume;
import org.sekisho.agent.policy.PermitDesk;
import org.sekisho.agent.policy.PolicyDesk;
import org.sekisho.agent.policy.RunningPolicy;
import org.sekisho.agent.shadow.ShadowFolder;
import org.sekisho.policy.Permit;
import org.sekisho.policy.Permits;
import org.sekisho.policy.PolicyDecider;
import org.sekisho.policy.PolicyDocument;
import org.sekisho.policy.PolicySyntaxException;
import org.sekisho.v1.Attempt;
import org.sekisho.v1.AttemptEvent;
import org.sekisho.v1.Channel;
import org.sekisho.v1.Custodian;
import org.sekisho.v1.DeviceIdentity;
import org.sekisho.v1.Enforcement;
import org.sekisho.v1.FileAct;
import org.sekisho.v1.FileAsked;
import org.sekisho.v1.FileRuling;
import org.sekisho.v1.MediaClass;
import org.sekisho.v1.MediaFile;
import org.sekisho.v1.MediaSubject;
import org.sekisho.v1.PermitDirection;
import org.sekisho.v1.PermitGrant;
import org.sekisho.v1.Policy;
import org.sekisho.v1.Reason;
import org.sekisho.v1.ShadowCopies;
import org.sekisho.v1.Verdict;

/** What becomes of a file that nobody could look into, under real policies. */
class FileDeskTest {
    private static final String AUDITED = "audit";
    private static final String NUMBERS_BLOCKED = "content: [{label: my_number}]\nverdict: block";

    private final List<AttemptEvent> events = new ArrayList<>();
    private final List<String> used = new ArrayList<>();
    private final TestPeople people = new TestPeople();
    private Permits permits = Permits.NONE;
    private FileRuling ruling = FileRuling.getDefaultInstance();

    @TempDir
    private Path folder;

    private Policy policy = Policy.getDefaultInstance();

    private final MediaVolume volume = new MediaVolume(
            "1-1",
            "sda1",
            MediaSubject.newBuilder()
                    .setMediaClass(MediaClass.USB_STORAGE)
                    .setVendorId("0951")
                    .setProductId("1666")
                    .setSerial("S1")
                    .build(),
            false,
            new DesktopSession(":0", "hanako", List.of()));

    private void policy(String fallback, String... rules) throws PolicySyntaxException {
        StringBuilder text = new StringBuilder("name: test\nsegment: my-number\nrevision: 3\n");
        text.append("defaults:\n  - channel: media\n    verdict: ")
                .append(fallback)
                .append("\nrules:");
        text.append(rules.length == 0 ? " []\n" : "\n");
        for (int i = 0; i < rules.length; i++) {
            text.append("  - id: rule-").append(i + 1).append("\n    channel: media\n");
            rules[i].lines().forEach(line -> text.append("    ").append(line).append('\n'));
        }
        policy = PolicyDocument.parse(text.toString()).policy();
    }

    private boolean passes(Reason unseen) {
        PolicyDesk decides = new PolicyDesk(
                () -> new RunningPolicy(PolicyDecider.of(policy), policy.getRevision(), ByteString.EMPTY),
                new PermitDesk() {
                    @Override
                    public Permits inForce() {
                        return permits;
                    }

                    @Override
                    public void use(String permit, String user, Attempt attempt) {
                        used.add(permit);
                    }
                },
                event -> events.add(event.build().getAttempt()),
                () -> true,
                () -> "",
                Clock.systemUTC(),
                "terminal",
                "host");
        FileDesk desk = new FileDesk(
                decides,
                seen -> seen,
                new ContentRules(() -> policy),
                people,
                new ShadowOrders(() -> policy, shadows()));
        desk.begin(volume);
        ruling = desk.rule(
                volume,
                FileAsked.newBuilder()
                        .setId(1)
                        .setBytes(7)
                        .setNotInspected(unseen)
                        .setFile(MediaFile.newBuilder()
                                .setAct(FileAct.FILE_CREATED)
                                .setName("locked.pdf"))
                        .build());
        return ruling.getPermitted();
    }

    private ShadowFolder shadows() {
        try {
            return new ShadowFolder(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void recorded(Verdict verdict, Reason reason, Enforcement enforcement) {
        AttemptEvent event = events.getLast();
        assertThat(event.getDecision().getVerdict()).isEqualTo(verdict);
        assertThat(event.getDecision().getReason()).isEqualTo(reason);
        assertThat(event.getEnforcement()).isEqualTo(enforcement);
    }

    @Test
    void aCopyIsOrderedByTheRuleThatWouldStopWhatItMightCarry() throws Exception {
        policy(AUDITED, NUMBERS_BLOCKED + "\nshadow-copy: true");
        policy = policy.toBuilder()
                .setShadowCopies(ShadowCopies.newBuilder()
                        .addCustodians(Custodian.newBuilder().setOperator("sato"))
                        .setMostBytes(1_000))
                .build();

        assertThat(passes(Reason.UNREADABLE)).isFalse();
        assertThat(ruling.getShadowCopy().getMostBytes()).isEqualTo(1_000);
        assertThat(ruling.getShadowCopy().getCustodiansList()).hasSize(1);
        assertThat(events.getLast().getAttempt().getMedia().getFile().getShadowCopy())
                .isEqualTo(ruling.getShadowCopy().getId())
                .hasSize(32);
        assertThat(folder.resolve(ruling.getShadowCopy().getId() + ".part")).hasSize(7);

        assertThat(passes(Reason.REASON_UNSPECIFIED)).as("one without a number").isTrue();
        assertThat(ruling.hasShadowCopy()).isFalse();
        assertThat(events.getLast().getAttempt().getMedia().getFile().getShadowCopy())
                .isEmpty();
    }

    @Test
    void doesNotPassWhereARuleWouldStopWhatItMightCarry() throws Exception {
        policy(AUDITED, NUMBERS_BLOCKED);

        assertThat(passes(Reason.UNREADABLE)).isFalse();
        recorded(Verdict.BLOCK, Reason.UNREADABLE, Enforcement.ENFORCED);
        assertThat(people.told()).hasSize(1);
        assertThat(passes(Reason.REASON_UNSPECIFIED))
                .as("one that was inspected")
                .isTrue();
        recorded(Verdict.AUDIT, Reason.CHANNEL_DEFAULT, Enforcement.ENFORCED);
    }

    @ParameterizedTest
    @CsvSource({"audit, UNREADABLE, AUDIT", "allow, TOO_LARGE, ALLOW"})
    void passesWhereNoRuleStopsAnything(String fallback, Reason unseen, Verdict verdict) throws Exception {
        policy(fallback, "content: [{label: my_number}]\nverdict: audit");

        assertThat(passes(unseen)).isTrue();
        recorded(verdict, unseen, Enforcement.ENFORCED);
        assertThat(people.told()).isEmpty();
    }

    @Test
    void passesAndIsRecordedWhereNoRuleAsksForContent() throws Exception {
        policy(AUDITED);

        assertThat(passes(Reason.UNREADABLE)).isTrue();
        recorded(Verdict.AUDIT, Reason.UNREADABLE, Enforcement.ENFORCED);
    }

    @Test
    void theDefaultHolds() throws Exception {
        policy("block", "content: [{label: my_number}]\nverdict: audit");

        assertThat(passes(Reason.UNREADABLE)).isFalse();
        recorded(Verdict.BLOCK, Reason.CHANNEL_DEFAULT, Enforcement.ENFORCED);
    }

    @Test
    void passesUnderAPolicyThatOnlyAudits() throws Exception {
        policy(AUDITED, NUMBERS_BLOCKED);
        policy = policy.toBuilder().setAuditOnly(true).build();

        assertThat(passes(Reason.UNREADABLE)).isTrue();
        recorded(Verdict.BLOCK, Reason.UNREADABLE, Enforcement.AUDIT_ONLY);
    }

    @Test
    void aRuleForSomebodyElseOrOneThatComesTooLateStopsNothing() throws Exception {
        policy(AUDITED, "who: {users: [jiro]}\n" + NUMBERS_BLOCKED);
        assertThat(passes(Reason.UNREADABLE)).isTrue();

        policy(AUDITED, "media:\n  serials: [S1]\nverdict: allow", NUMBERS_BLOCKED);
        assertThat(passes(Reason.UNREADABLE)).isTrue();
        recorded(Verdict.ALLOW, Reason.UNREADABLE, Enforcement.ENFORCED);
    }

    @Test
    void aRuleThatComesFirstForManyNumbersDoesNotHideOneForFew() throws Exception {
        policy(AUDITED, "content: [{label: my_number, min-count: 10}]\nverdict: audit", NUMBERS_BLOCKED);

        assertThat(passes(Reason.UNREADABLE)).isFalse();
    }

    @Test
    void aRuleThatWantsAReasonForSomeContentStopsWhatNobodyKnows() throws Exception {
        policy(AUDITED, "content: [{label: my_number}]\nverdict: justify");

        assertThat(passes(Reason.TOO_LARGE)).isFalse();
        recorded(Verdict.BLOCK, Reason.TOO_LARGE, Enforcement.ENFORCED);
        assertThat(people.asked()).isEmpty();
    }

    @Test
    void aPermitThatLiftsTheRuleIsUsedForIt() throws Exception {
        policy(AUDITED, NUMBERS_BLOCKED + "\npermit-may-lift: true");
        assertThat(passes(Reason.UNREADABLE)).as("none in force").isFalse();
        permits = new Permits.Granted(List.of(new Permit(PermitGrant.newBuilder()
                .setId("p-1")
                .setUser("hanako")
                .setTerminal("terminal")
                .setChannel(Channel.MEDIA)
                .setDirection(PermitDirection.OUTWARD)
                .setDevice(DeviceIdentity.newBuilder()
                        .setVendorId("0951")
                        .setProductId("1666")
                        .setSerial("S1"))
                .build())));

        assertThat(passes(Reason.UNREADABLE)).isTrue();
        recorded(Verdict.AUDIT, Reason.PERMIT_USED, Enforcement.ENFORCED);
        assertThat(used).containsExactly("p-1");
    }
}
