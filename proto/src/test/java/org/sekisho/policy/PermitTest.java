package org.sekisho.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sekisho.v1.Attempt;
import org.sekisho.v1.Channel;
import org.sekisho.v1.Circumstances;
import org.sekisho.v1.Decision;
import org.sekisho.v1.DeviceIdentity;
import org.sekisho.v1.FileAct;
import org.sekisho.v1.MediaClass;
import org.sekisho.v1.MediaFile;
import org.sekisho.v1.MediaSubject;
import org.sekisho.v1.PermitBook;
import org.sekisho.v1.PermitDirection;
import org.sekisho.v1.PermitGrant;
import org.sekisho.v1.PrintSubject;
import org.sekisho.v1.Reason;
import org.sekisho.v1.Verdict;

/** What permits lift, and all that they don't. */
class PermitTest {
    private static final Circumstances ALICE =
            Circumstances.newBuilder().setUser("Alice").setTerminal("t1").build();
    private static final Attempt PRINT = Attempt.newBuilder()
            .setChannel(Channel.PRINT)
            .setPrint(PrintSubject.newBuilder().setPrinter("P1"))
            .build();
    private static final Attempt STICK = medium(MediaClass.USB_STORAGE);
    private static final String LIFTABLE = "rules: [{id: a, channel: print, verdict: block, permit-may-lift: true}]";

    private static Attempt medium(MediaClass type) {
        return Attempt.newBuilder()
                .setChannel(Channel.MEDIA)
                .setMedia(MediaSubject.newBuilder()
                        .setMediaClass(type)
                        .setVendorId("0781")
                        .setProductId("5567")
                        .setSerial("S1")
                        .setInstance("1-1.4")
                        .setDeviceHash("ef".repeat(32)))
                .build();
    }

    private static PermitGrant.Builder print() {
        return PermitGrant.newBuilder()
                .setId("p")
                .setUser("ALICE")
                .setTerminal("t1")
                .setChannel(Channel.PRINT)
                .setDirection(PermitDirection.OUTWARD)
                .addRules("a")
                .setFromMicros(1_000)
                .setUntilMicros(2_000);
    }

    private static PermitGrant.Builder stick() {
        return print().setChannel(Channel.MEDIA)
                .setDevice(DeviceIdentity.newBuilder()
                        .setVendorId("0781")
                        .setProductId("5567")
                        .setSerial("S1"));
    }

    private static Decision decide(String yaml, PermitGrant.Builder grant, Attempt attempt)
            throws PolicySyntaxException {
        return decide(yaml, new Permits.Granted(List.of(new Permit(grant.build()))), attempt);
    }

    private static Decision decide(String yaml, Permits permits, Attempt attempt) throws PolicySyntaxException {
        return PolicyDecider.of(PolicyDocument.parse("segment: lgwan\nname: n\nrevision: 3\n" + yaml)
                        .policy())
                .decide(permits, ALICE, attempt);
    }

    @Test
    void liftsItsRuleForItsPersonAndTerminal() throws PolicySyntaxException {
        Decision decision = decide(LIFTABLE, print(), PRINT);

        assertThat(decision.getVerdict()).isEqualTo(Verdict.AUDIT);
        assertThat(decision.getReason()).isEqualTo(Reason.PERMIT_USED);
        assertThat(decision.getRule()).isEqualTo("a");
        assertThat(decision.getPermit()).isEqualTo("p");
    }

    @Test
    void withoutNamedRulesLiftsAnyThatLetsItself() throws PolicySyntaxException {
        assertThat(decide(LIFTABLE, print().clearRules(), PRINT).getVerdict()).isEqualTo(Verdict.AUDIT);
    }

    @Test
    void liftsNothingForOthers() throws PolicySyntaxException {
        for (PermitGrant.Builder other : List.of(
                print().clearRules().addRules("b"),
                print().setUser("bob"),
                print().setUser(""),
                print().setTerminal("t2"),
                print().setTerminal(""),
                print().setChannel(Channel.CLIPBOARD),
                print().setDirection(PermitDirection.INWARD),
                stick())) {
            Decision decision = decide(LIFTABLE, other, PRINT);

            assertThat(decision.getVerdict()).as("%s", other).isEqualTo(Verdict.BLOCK);
            assertThat(decision.getPermit()).isEmpty();
        }
    }

    @Test
    void liftsNoRuleThatDoesNotLetItselfAndNoDefault() throws PolicySyntaxException {
        for (String yaml : List.of(
                "rules: [{id: a, channel: print, verdict: block}]",
                "defaults: [{channel: print, verdict: block}]\nrules: [{id: a, channel: media, verdict: block, permit-may-lift: true}]")) {
            assertThat(decide(yaml, print().clearRules(), PRINT).getVerdict()).isEqualTo(Verdict.BLOCK);
        }
    }

    @Test
    void liftsNothingWhereThereIsNoPolicy() {
        Permits permits =
                new Permits.Granted(List.of(new Permit(stick().clearRules().build())));

        assertThat(PolicyDecider.failClosed().decide(permits, ALICE, STICK).getReason())
                .isEqualTo(Reason.NO_POLICY);
    }

    @ParameterizedTest
    @CsvSource({
        "block, OUTWARD, AUDIT",
        "block, INWARD, READ_ONLY",
        "read-only, OUTWARD, AUDIT",
        "read-only, INWARD, READ_ONLY",
        "justify, OUTWARD, AUDIT",
        "justify, INWARD, JUSTIFY",
        "audit, OUTWARD, AUDIT",
        "allow, OUTWARD, ALLOW",
        "allow, INWARD, ALLOW",
    })
    void makesMediaReadableOrWritable(String rule, PermitDirection direction, Verdict expected)
            throws PolicySyntaxException {
        String yaml = "rules: [{id: a, channel: media, verdict: " + rule + ", permit-may-lift: true}]";

        assertThat(decide(yaml, stick().setDirection(direction), STICK).getVerdict())
                .isEqualTo(expected);
    }

    @Test
    void isForItsDeviceAlone() throws PolicySyntaxException {
        String yaml = "rules: [{id: a, channel: media, verdict: block, permit-may-lift: true}]";
        DeviceIdentity device = stick().getDevice();

        for (DeviceIdentity good : List.of(
                device,
                DeviceIdentity.newBuilder().setDeviceHash("ef".repeat(32)).build(),
                device.toBuilder().setDeviceHash("ef".repeat(32)).build())) {
            assertThat(decide(yaml, stick().setDevice(good), STICK).getVerdict())
                    .isEqualTo(Verdict.AUDIT);
        }
        for (DeviceIdentity other : List.of(
                DeviceIdentity.getDefaultInstance(),
                device.toBuilder().clearSerial().build(),
                device.toBuilder().setSerial("s1").build(),
                device.toBuilder().setProductId("5568").build(),
                device.toBuilder().setDeviceHash("ee".repeat(32)).build())) {
            assertThat(decide(yaml, stick().setDevice(other), STICK).getVerdict())
                    .as("%s", other)
                    .isEqualTo(Verdict.BLOCK);
        }
    }

    /** The keyboard in a stick's plug is not let in with the stick. */
    @ParameterizedTest
    @EnumSource(names = {"KEYBOARD", "POINTER", "HUB"})
    void neverSpeaksOfWhatAPersonWorksTheTerminalWith(MediaClass input) throws PolicySyntaxException {
        String yaml = "rules: [{id: a, channel: media, verdict: block, permit-may-lift: true}]";

        assertThat(decide(yaml, stick(), medium(input)).getVerdict()).isEqualTo(Verdict.BLOCK);
    }

    @Test
    void itsLastUseIsForTheMediumThatIsUsingIt() throws PolicySyntaxException {
        String yaml = "rules: [{id: a, channel: media, verdict: block, permit-may-lift: true}]";
        List<Permit> permits = List.of(new Permit(stick().build()));

        assertThat(decide(yaml, new Permits.Granted(permits, Map.of("p", Set.of("1-1.4"))), STICK)
                        .getVerdict())
                .isEqualTo(Verdict.AUDIT);
        assertThat(decide(yaml, new Permits.Granted(permits, Map.of("p", Set.of("1-2"))), STICK)
                        .getVerdict())
                .isEqualTo(Verdict.BLOCK);
    }

    @Test
    void knowsItsTimeItsUsesAndItsFiles() {
        Permit permit = new Permit(stick().setUses(2)
                .addFileSha256("ab".repeat(32))
                .addFileNames("回答*.xlsx")
                .build());

        assertThat(List.of(permit.runsAt(999), permit.runsAt(1_000), permit.runsAt(1_999), permit.runsAt(2_000)))
                .containsExactly(false, true, true, false);
        assertThat(List.of(permit.leavesUse(0), permit.leavesUse(1), permit.leavesUse(2)))
                .containsExactly(true, true, false);
        assertThat(permit.covers("ab".repeat(32), "other.pdf")).isTrue();
        assertThat(permit.covers("", "回答1.xlsx")).isTrue();
        assertThat(permit.covers("", "other.pdf")).isFalse();
        assertThat(new Permit(stick().build()).covers("", "any")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "FILE_CREATED, a/回答1.xlsx, ab, AUDIT",
        "FILE_WRITTEN, a/回答1.xlsx, ab, AUDIT",
        "FILE_WRITTEN, a/other.pdf, ab, BLOCK",
        "FILE_WRITTEN, a/other.pdf, cd, AUDIT",
        "FILE_CREATED, a/other.pdf, '', BLOCK",
        "FILE_RENAMED, 回答2.xlsx, '', AUDIT",
        "FILE_RENAMED, other.pdf, '', BLOCK",
        "FOLDER_CREATED, other, '', BLOCK",
        "FILE_DELETED, other.pdf, '', AUDIT",
    })
    void liftsNothingForOtherFiles(FileAct act, String name, String hash, Verdict expected)
            throws PolicySyntaxException {
        Attempt file = STICK.toBuilder()
                .setMedia(STICK.getMedia().toBuilder()
                        .setFile(
                                MediaFile.newBuilder().setAct(act).setName(name).setSha256(hash.repeat(32))))
                .build();
        String sticks = "rules: [{id: a, channel: media, verdict: block, permit-may-lift: true}]";
        PermitGrant.Builder some = stick().addFileSha256("cd".repeat(32)).addFileNames("回答*.xlsx");

        assertThat(decide(sticks, some, file).getVerdict()).isEqualTo(expected);
        assertThat(decide(sticks, some, STICK).getVerdict()).isEqualTo(Verdict.AUDIT);
        assertThat(decide(sticks, stick(), file).getVerdict()).isEqualTo(Verdict.AUDIT);
    }

    @Test
    void aFileThatIsOnlyRenamedWasCoveredByItsContent() throws PolicySyntaxException {
        Attempt renamed = STICK.toBuilder()
                .setMedia(STICK.getMedia().toBuilder()
                        .setFile(MediaFile.newBuilder()
                                .setAct(FileAct.FILE_RENAMED)
                                .setName("b")
                                .setOldName("a")))
                .build();

        assertThat(decide(
                                "rules: [{id: a, channel: media, verdict: block, permit-may-lift: true}]",
                                stick().addFileSha256("cd".repeat(32)),
                                renamed)
                        .getVerdict())
                .isEqualTo(Verdict.AUDIT);
    }

    @Test
    void theCheckFindsWhatIsMissingOrTooMuch() {
        assertThat(PermitCheck.faults(print().build())).isEmpty();
        assertThat(PermitCheck.faults(stick().build())).isEmpty();
        for (PermitGrant.Builder bad : List.of(
                print().setId("P 1"),
                print().setUser(" "),
                print().clearTerminal(),
                print().clearChannel(),
                print().clearDirection(),
                print().setUntilMicros(1_000),
                print().setDevice(stick().getDevice()),
                print().addFileNames("*.pdf"),
                stick().clearDevice(),
                stick().addFileSha256("AB"),
                stick().addFileNames(""))) {
            assertThat(PermitCheck.faults(bad.build())).as("%s", bad).hasSize(1);
        }
    }

    @Test
    void theCheckOfABookFindsOthersAndTheSameTwice() {
        PermitBook book = PermitBook.newBuilder()
                .addPermits(print())
                .addPermits(print().setTerminal("t2"))
                .build();

        assertThat(PermitCheck.faults(book, "t1"))
                .containsExactly("permit p is in it twice", "permit p is for another terminal");
    }
}
