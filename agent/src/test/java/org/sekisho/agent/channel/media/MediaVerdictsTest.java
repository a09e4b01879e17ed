package org.sekisho.agent.channel.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.sekisho.agent.channel.media.DescriptorBytes.hub;
import static org.sekisho.agent.channel.media.DescriptorBytes.stick;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sekisho.agent.channel.DesktopSession;
import org.sekisho.agent.channel.media.MediaBench.Recorded;
import org.sekisho.v1.ChannelMode;
import org.sekisho.v1.Encryption;
import org.sekisho.v1.Enforcement;
import org.sekisho.v1.MediaClass;
import org.sekisho.v1.Registration;
import org.sekisho.v1.Verdict;

/** Each verdict, and its change while a device is plugged in. */
class MediaVerdictsTest {
    private static final String STICKS = "media:\n  classes: [usb-storage]\nverdict: ";

    private final MediaBench bench = new MediaBench();

    @Test
    void aPolicyActsOnWhatIsPluggedInBothWays() throws Exception {
        bench.policy("block");
        bench.plug("1-1", "S", stick(), "sda", "sda1");
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
        bench.plug("1-1", "S", stick(), "sda");
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

        bench.plug("1-1", "S", stick(), "sda", "sda1");

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
        bench.plug("1-1", "S", stick(), "sda");
        bench.plug("1-2", "P", DescriptorBytes.device(0x18d1, 0x4ee1, "06:01:01"));

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
    void anAuditTouchesNothing() throws Exception {
        bench.bus.plug("1-1", "S", stick(), "sda");
        bench.policy(MediaBench.yaml("block").toBuilder().setAuditOnly(true).build());
        bench.plug("1-2", "T", stick(), "sdb");

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
        bench.plug("1-1", "S", stick(), "sda");

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

        bench.plug("1-1", "D", stick(), "sr0");

        assertThat(bench.bus.in("1-1")).isEmpty();
        assertThat(bench.volumes).isEmpty();
        assertThat(bench.records.getLast().type()).isEqualTo(MediaClass.OPTICAL);
    }

    @Test
    void hubsAreWaysToKeyboardsUnlessARuleMeansThem() throws Exception {
        bench.policy("block");
        bench.plug("1-1", "", hub());
        assertThat(bench.bus.in("1-1")).containsExactly("1.0");

        bench.policy("block", "media:\n  classes: [hub]\nverdict: block");
        assertThat(bench.bus.in("1-1")).isEmpty();
    }

    @Test
    void whenThePersonGoesTheirStickGoes() throws Exception {
        bench.policy("block", "who:\n  users: [hanako]\n" + STICKS + "allow");
        bench.plug("1-1", "S", stick(), "sda");
        assertThat(bench.volumes).containsExactly("+sda rw");

        bench.person = new DesktopSession("", "", List.of());
        bench.patrol();

        assertThat(bench.bus.in("1-1")).isEmpty();
    }
}
