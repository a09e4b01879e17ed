package org.sekisho.agent.channel.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.sekisho.agent.channel.media.FakeDeviceBus.badUsb;
import static org.sekisho.agent.channel.media.FakeDeviceBus.hub;
import static org.sekisho.agent.channel.media.FakeDeviceBus.keyboard;
import static org.sekisho.agent.channel.media.FakeDeviceBus.stick;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sekisho.agent.channel.DesktopSession;
import org.sekisho.agent.channel.media.MediaBench.Recorded;
import org.sekisho.v1.ChannelMode;
import org.sekisho.v1.Encryption;
import org.sekisho.v1.Enforcement;
import org.sekisho.v1.MediaClass;
import org.sekisho.v1.MediaSuspicion;
import org.sekisho.v1.Reason;
import org.sekisho.v1.Registration;
import org.sekisho.v1.Severity;
import org.sekisho.v1.Verdict;

class MediaGuardTest {
    private static final String KEYBOARDS = "media:\n  classes: [keyboard, pointer]\nverdict: allow";
    private static final String STICKS = "media:\n  classes: [usb-storage]\nverdict: ";

    private final MediaBench bench = new MediaBench();

    @Test
    void withoutAPolicyOnlyKeyboardsAndWhatTheyNeedGetIn() {
        bench.noPolicy();

        plug("1-1", "", hub());
        plug("1-1.1", "K", keyboard());
        plug("1-2", "S", stick(), "sda", "sda1");

        assertThat(bench.bus.in("1-1")).containsExactly("1.0");
        assertThat(bench.bus.in("1-1.1")).containsExactlyInAnyOrder("1.0", "1.1");
        assertThat(bench.bus.in("1-2")).isEmpty();
        assertThat(bench.bus.announced).noneMatch(what -> what.startsWith("block"));
        assertThat(bench.records)
                .extracting(Recorded::type, Recorded::verdict, r -> r.decision().getReason(), Recorded::enforcement)
                .containsExactly(
                        tuple(MediaClass.KEYBOARD, Verdict.ALLOW, Reason.NO_POLICY, Enforcement.ENFORCED),
                        tuple(MediaClass.USB_STORAGE, Verdict.BLOCK, Reason.NO_POLICY, Enforcement.ENFORCED));
        assertThat(bench.guard.state().getMode()).isEqualTo(ChannelMode.MODE_ENFORCED);
    }

    @Test
    void aBlockedStickNeverHasABlockDeviceAndTheEventSaysWhy() throws Exception {
        bench.policy("allow", STICKS + "block");

        plug("1-1", "S", stick(), "sda");

        assertThat(bench.bus.announced).containsExactly("device 1-1");
        assertThat(bench.records).singleElement().satisfies(record -> {
            assertThat(record.decision().getRule()).isEqualTo("rule-1");
            assertThat(record.decision().getReason()).isEqualTo(Reason.RULE_MATCHED);
            assertThat(record.media().getSerial()).isEqualTo("S");
            assertThat(record.media().getInterfacesList()).containsExactly("08:06:50");
            assertThat(record.media().getFunctionsList()).containsExactly("1.0");
        });
        assertThat(bench.told).hasSize(1);
    }

    @Test
    void theFakeLetsInWhatIsNotDenied() {
        bench.bus.plug("1-1", "S", stick(), "sda");

        assertThat(bench.bus.announced).containsExactly("device 1-1", "bind 1-1:1.0", "block sda");
    }

    @Test
    void anAllowedStickIsRecordedBeforeItIsLetIn() throws Exception {
        bench.policy("block", STICKS + "audit");
        bench.broken = true;
        plug("1-1", "S", stick(), "sda", "sda1");
        assertThat(bench.bus.in("1-1")).isEmpty();
        assertThat(bench.guard.state().getMode()).isEqualTo(ChannelMode.MODE_FAILED);

        bench.broken = false;
        bench.patrol();

        assertThat(bench.bus.in("1-1")).containsExactly("1.0");
        assertThat(bench.volumes).containsExactly("+sda rw", "+sda1 rw");
        assertThat(bench.guard.state().getMode()).isEqualTo(ChannelMode.MODE_ENFORCED);
    }

    @Test
    void aKeyboardIsNotLostBecauseNothingCanBeRecorded() throws Exception {
        bench.policy("block", KEYBOARDS);
        bench.broken = true;

        plug("1-1", "K", keyboard());

        assertThat(bench.bus.in("1-1")).containsExactlyInAnyOrder("1.0", "1.1");
    }

    @Test
    void ofABadUsbOnlyWhatARuleAllowsGetsIn() throws Exception {
        bench.policy("block", STICKS + "allow");

        plug("1-1", "B", badUsb(), "sda");

        assertThat(bench.bus.in("1-1")).containsExactly("1.0");
        assertThat(bench.records)
                .extracting(Recorded::type, Recorded::verdict)
                .containsExactlyInAnyOrder(
                        tuple(MediaClass.USB_STORAGE, Verdict.ALLOW), tuple(MediaClass.KEYBOARD, Verdict.BLOCK));
        assertThat(bench.records).allSatisfy(record -> {
            assertThat(record.media().getSuspicionsList()).contains(MediaSuspicion.STORAGE_AND_KEYBOARD);
            assertThat(record.decision().getSeverity()).isEqualTo(Severity.HIGH);
        });
    }

    @Test
    void ofABadUsbTheKeyboardAloneGetsInWhereKeyboardsMay() throws Exception {
        bench.policy("block", KEYBOARDS);

        plug("1-1", "B", badUsb(), "sda");

        assertThat(bench.bus.in("1-1")).containsExactly("1.1");
        assertThat(bench.bus.announced).noneMatch(what -> what.startsWith("block"));
    }

    @Test
    void aSecondKeyboardWithinSecondsIsAnAttemptOfItsOwn() throws Exception {
        bench.policy("block", KEYBOARDS);
        plug("1-1", "K", keyboard());
        bench.later();
        plug("1-2", "S", stick());
        plug("1-3", "K2", keyboard());

        assertThat(bench.records.getLast()).satisfies(record -> {
            assertThat(record.media().getInstance()).isEqualTo("1-3");
            assertThat(record.media().getSuspicionsList()).containsExactly(MediaSuspicion.SECOND_KEYBOARD);
            assertThat(record.decision().getSeverity()).isEqualTo(Severity.HIGH);
        });
        bench.later();
        plug("1-4", "K3", keyboard());
        assertThat(bench.records.getLast().media().getSuspicionsList()).isEmpty();
    }

    @Test
    void whatWasThereBeforeTheAgentIsDecidedAboutAtStart() throws Exception {
        bench.bus.plug("1-1", "K", keyboard());
        bench.bus.plug("1-2", "S", stick(), "sda");
        assertThat(bench.bus.volume("sda")).isPresent();

        bench.policy("block", KEYBOARDS);

        assertThat(bench.bus.volume("sda")).isEmpty();
        assertThat(bench.bus.in("1-1")).hasSize(2);
        assertThat(bench.bus.announced.stream().filter(what -> what.startsWith("bind 1-1")))
                .as("the keyboard was not disturbed")
                .hasSize(2);
    }

    @Test
    void aPolicyActsOnWhatIsPluggedInBothWays() throws Exception {
        bench.policy("block");
        plug("1-1", "S", stick(), "sda", "sda1");
        assertThat(bench.bus.in("1-1")).isEmpty();

        bench.policy("block", STICKS + "allow");
        assertThat(bench.volumes).containsExactly("+sda rw", "+sda1 rw");

        bench.policy("block");
        assertThat(bench.bus.in("1-1")).isEmpty();
        assertThat(bench.volumes)
                .containsExactly("+sda rw", "+sda1 rw", "-sda1 while it is there", "-sda while it is there");
    }

    @Test
    void theRegisterActsOnWhatIsPluggedIn() throws Exception {
        bench.policy("block", STICKS.replace("verdict: ", "  registration: registered\nverdict: allow"));
        plug("1-1", "S", stick(), "sda");
        assertThat(bench.bus.in("1-1")).isEmpty();

        bench.registration = Registration.REGISTERED;
        bench.guard.reconsider();
        bench.loop.run();
        assertThat(bench.volumes).containsExactly("+sda rw");

        bench.registration = Registration.NOT_REGISTERED;
        bench.patrol();
        assertThat(bench.bus.in("1-1")).as("by the patrol alone").isEmpty();
    }

    @Test
    void readOnlyIsSetOnEveryBlockDeviceBeforeAnybodyIsToldAndHeld() throws Exception {
        bench.policy("block", STICKS + "read-only");

        plug("1-1", "S", stick(), "sda", "sda1");

        assertThat(bench.bus.volume("sda").orElseThrow().readOnly()).isTrue();
        assertThat(bench.bus.volume("sda1").orElseThrow().readOnly()).isTrue();
        assertThat(bench.volumes).containsExactly("+sda ro", "+sda1 ro");
        assertThat(bench.records)
                .extracting(Recorded::verdict, Recorded::enforcement)
                .containsExactly(tuple(Verdict.READ_ONLY, Enforcement.ENFORCED));

        bench.bus.writableByHand("sda1");
        bench.patrol();
        assertThat(bench.bus.volume("sda1").orElseThrow().readOnly()).isTrue();
        assertThat(bench.tampered).extracting(t -> t.getWhat()).containsExactly("read-only device");

        bench.policy("block", STICKS + "allow");
        assertThat(bench.bus.volume("sda1").orElseThrow().readOnly()).isFalse();
        assertThat(bench.volumes)
                .containsExactly(
                        "+sda ro",
                        "+sda1 ro",
                        "-sda1 while it is there",
                        "-sda while it is there",
                        "+sda rw",
                        "+sda1 rw");
    }

    @Test
    void whatCantBeMadeReadOnlyIsShutOutAndSaysSo() throws Exception {
        bench.policy("block", "verdict: read-only");
        bench.bus.broken = "read-only";
        plug("1-1", "S", stick(), "sda");
        plug("1-2", "P", DescriptorBytes.device(0x18d1, 0x4ee1, "06:01:01"));

        assertThat(bench.bus.volume("sda")).isEmpty();
        assertThat(bench.bus.in("1-2")).isEmpty();
        assertThat(bench.volumes).isEmpty();
        assertThat(bench.records)
                .extracting(Recorded::type, Recorded::enforcement)
                .contains(
                        tuple(MediaClass.USB_STORAGE, Enforcement.NOT_ENFORCED),
                        tuple(MediaClass.PHONE, Enforcement.NOT_ENFORCED));
        assertThat(bench.guard.state().getMode()).isEqualTo(ChannelMode.MODE_FAILED);
        int said = bench.records.size();
        bench.later();
        assertThat(bench.records).as("a failure that lasts is said once").hasSize(said);
    }

    @Test
    void encryptionIsLookedAtBehindAClosedDoor() throws Exception {
        bench.policy("block", STICKS.replace("verdict: ", "  encryption: encrypted\nverdict: allow"));

        bench.bus.plug("1-1", "E", Encryption.ENCRYPTED, stick(), "sda");
        bench.bus.plug("1-2", "P", Encryption.NOT_ENCRYPTED, stick(), "sdb");
        bench.loop.run();

        assertThat(bench.volumes).containsExactly("+sda rw");
        assertThat(bench.bus.in("1-2")).isEmpty();
        bench.later();
        assertThat(bench.bus.announced.stream().filter("block sdb"::equals))
                .as("it is looked at once")
                .hasSize(1);
        assertThat(bench.records)
                .extracting(r -> r.media().getSerial(), r -> r.media().getEncryption(), Recorded::verdict)
                .containsExactly(
                        tuple("E", Encryption.ENCRYPTED, Verdict.ALLOW),
                        tuple("P", Encryption.NOT_ENCRYPTED, Verdict.BLOCK));
    }

    @Test
    void aReasonLetsItInAndADeclinedOneDoesNot() throws Exception {
        bench.policy("block", STICKS + "justify");
        plug("1-1", "S", stick(), "sda");
        assertThat(bench.bus.in("1-1")).isEmpty();
        bench.later();
        assertThat(bench.questions).as("asked once").hasSize(1);

        bench.questions.getFirst().accept("for the council");
        bench.loop.run();

        assertThat(bench.volumes).containsExactly("+sda rw");
        assertThat(bench.records.getLast()).satisfies(record -> {
            assertThat(record.decision().getReason()).isEqualTo(Reason.JUSTIFICATION_GIVEN);
            assertThat(record.justification()).isEqualTo("for the council");
        });
        bench.bus.unplug("1-1");
        bench.loop.run();
        plug("1-1", "S", stick(), "sda");
        bench.questions.getLast().accept("");
        bench.loop.run();
        assertThat(bench.bus.in("1-1")).isEmpty();
        assertThat(bench.records.getLast().decision().getReason()).isEqualTo(Reason.JUSTIFICATION_REFUSED);
    }

    @Test
    void whatRootLetsInByHandIsTakenBackAndTold() throws Exception {
        bench.policy("block");
        plug("1-1", "S", stick(), "sda");

        bench.bus.byHand("1-1", Set.of("1.0"));
        bench.loop.run();

        assertThat(bench.bus.in("1-1")).isEmpty();
        assertThat(bench.tampered).extracting(t -> t.getWhat()).containsExactly("device authorisation");
        assertThat(bench.records.getLast().media().getSuspicionsList()).contains(MediaSuspicion.LET_IN_BY_HAND);
        bench.bus.openByHand();
        bench.later();
        assertThat(bench.bus.deniesByDefault()).isTrue();
        assertThat(bench.tampered).extracting(t -> t.getWhat()).contains("device default");
    }

    @Test
    void aDeviceAuthorisedByHandWithoutItsFunctionsIsTakenBackToo() throws Exception {
        bench.policy("block");
        plug("1-1", "S", stick(), "sda");

        bench.bus.byHand("1-1", Set.of(""));
        bench.loop.run();

        assertThat(bench.tampered).extracting(t -> t.getWhat()).containsExactly("device authorisation");
        assertThat(bench.bus.admitted(bench.bus.devices().getFirst())).isEmpty();
    }

    @Test
    void twoSticksSwappedFastAreTwoDevices() throws Exception {
        bench.policy("block", STICKS.replace("verdict: ", "  serials: [GOOD]\nverdict: allow"));
        bench.bus.silent = true;
        plug("1-1", "GOOD", stick(), "sda");
        bench.patrol();
        bench.patrol();
        assertThat(bench.volumes).containsExactly("+sda rw");

        // No hint between the two: what is looked at next is another device in the same place.
        bench.bus.unplug("1-1");
        plug("1-1", "BAD", stick(), "sdb");
        bench.patrol();

        assertThat(bench.bus.in("1-1")).isEmpty();
        assertThat(bench.volumes).containsExactly("+sda rw", "-sda after it has gone");
        assertThat(bench.records.getLast().media().getSuspicionsList())
                .containsExactly(MediaSuspicion.IDENTITY_CHANGED);
    }

    @Test
    void twoWithTheSameSerialAreSaidToBe() throws Exception {
        bench.policy("allow");
        plug("1-1", "SAME", stick());
        plug("1-2", "SAME", stick());

        assertThat(bench.records)
                .extracting(r -> r.media().getSuspicionsList().contains(MediaSuspicion.SAME_SERIAL))
                .containsExactly(false, true);
    }

    @Test
    void descriptorsThatMakeNoSenseLetNothingIn() throws Exception {
        bench.policy("allow");
        byte[] torn = java.util.Arrays.copyOf(stick(), 30);

        plug("1-1", "", torn);

        assertThat(bench.bus.in("1-1")).isEmpty();
        assertThat(bench.records).singleElement().satisfies(record -> {
            assertThat(record.verdict()).isEqualTo(Verdict.BLOCK);
            assertThat(record.decision().getReason()).isEqualTo(Reason.UNREADABLE);
        });
    }

    @Test
    void aStormOfPlugsIsBounded() throws Exception {
        bench.policy("block", KEYBOARDS);
        plug("1-1", "K", keyboard());
        for (int i = 0; i < 1_000; i++) {
            plug("1-2", "S" + i % 2, stick(), "sda");
            bench.bus.unplug("1-2");
            bench.loop.run();
            bench.loop.advance(Duration.ofMillis(10));
        }

        assertThat(bench.bus.announced).noneMatch(what -> what.startsWith("block"));
        // 10 s of storm: two devices, at most once in two seconds each, and the first time with another look.
        assertThat(bench.records.size()).isBetween(3, 20);
        assertThat(bench.bus.in("1-1")).hasSize(2);
    }

    @Test
    void anAuditTouchesNothing() throws Exception {
        bench.bus.plug("1-1", "S", stick(), "sda");
        bench.policy(MediaBench.yaml("block").toBuilder().setAuditOnly(true).build());
        plug("1-2", "T", stick(), "sdb");

        assertThat(bench.bus.deniesByDefault()).isFalse();
        assertThat(bench.bus.volume("sda")).isPresent();
        assertThat(bench.bus.volume("sdb")).isPresent();
        assertThat(bench.records)
                .extracting(Recorded::verdict, Recorded::enforcement)
                .containsOnly(tuple(Verdict.BLOCK, Enforcement.AUDIT_ONLY));
        assertThat(bench.guard.state().getMode()).isEqualTo(ChannelMode.MODE_AUDIT_ONLY);
    }

    @Test
    void fromEnforcingToAnAuditEverythingIsLetIn() throws Exception {
        bench.policy("block");
        plug("1-1", "S", stick(), "sda");

        bench.policy(MediaBench.yaml("block").toBuilder().setAuditOnly(true).build());

        assertThat(bench.bus.in("1-1")).containsExactly("1.0");
        assertThat(bench.bus.deniesByDefault()).isFalse();
    }

    @Test
    void toldOnlyToObserveItTouchesNothingUnderAnyPolicy() throws Exception {
        MediaBench observing = new MediaBench(true);
        observing.bus.plug("1-1", "S", stick(), "sda");
        observing.policy("block");

        assertThat(observing.bus.volume("sda")).isPresent();
        assertThat(observing.bus.deniesByDefault()).isFalse();
        assertThat(observing.records).extracting(Recorded::enforcement).containsExactly(Enforcement.AUDIT_ONLY);
    }

    @Test
    void aDiskThatTurnsOutToBeADriveOfDiscsIsDecidedAboutAsOne() throws Exception {
        bench.policy("block", STICKS + "allow");

        plug("1-1", "D", stick(), "sr0");

        assertThat(bench.bus.in("1-1")).isEmpty();
        assertThat(bench.volumes).isEmpty();
        assertThat(bench.records.getLast().type()).isEqualTo(MediaClass.OPTICAL);
    }

    @Test
    void hubsAreWaysToKeyboardsUnlessARuleMeansThem() throws Exception {
        bench.policy("block");
        plug("1-1", "", hub());
        assertThat(bench.bus.in("1-1")).containsExactly("1.0");

        bench.policy("block", "media:\n  classes: [hub]\nverdict: block");
        assertThat(bench.bus.in("1-1")).isEmpty();
    }

    @Test
    void whenThePersonGoesTheirStickGoes() throws Exception {
        bench.policy("block", "who:\n  users: [hanako]\n" + STICKS + "allow");
        plug("1-1", "S", stick(), "sda");
        assertThat(bench.volumes).containsExactly("+sda rw");

        bench.person = new DesktopSession("", "", List.of());
        bench.patrol();

        assertThat(bench.bus.in("1-1")).isEmpty();
    }

    @Test
    void whatIsDeniedStaysSoWhenTheAgentStops() throws Exception {
        bench.policy("block");
        bench.guard.close();

        plug("1-1", "S", stick(), "sda");

        assertThat(bench.bus.announced).containsExactly("device 1-1");
    }

    private void plug(String instance, String serial, byte[] descriptors, String... disks) {
        bench.bus.plug(instance, serial, descriptors, disks);
        bench.loop.run();
    }
}
