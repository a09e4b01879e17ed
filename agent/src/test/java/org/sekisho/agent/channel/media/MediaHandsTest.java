package org.sekisho.agent.channel.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sekisho.agent.channel.media.DescriptorBytes.hub;
import static org.sekisho.agent.channel.media.DescriptorBytes.keyboard;
import static org.sekisho.agent.channel.media.DescriptorBytes.stick;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sekisho.v1.Enforcement;
import org.sekisho.v1.MediaClass;
import org.sekisho.v1.MediaSuspicion;
import org.sekisho.v1.Reason;
import org.sekisho.v1.Tampered;
import org.sekisho.v1.Verdict;

/** What is done to devices behind the guard's back. */
class MediaHandsTest {
    private static final String KEYBOARDS = "media:\n  classes: [keyboard, pointer]\nverdict: allow";

    private final MediaBench bench = new MediaBench();

    @Test
    void whatRootLetsInByHandIsTakenBackAndTold() throws Exception {
        bench.policy("block");
        bench.plug("1-1", "S", stick(), "sda");

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
        bench.plug("1-1", "S", stick(), "sda");

        bench.bus.byHand("1-1", Set.of(""));
        bench.loop.run();

        assertThat(bench.tampered).extracting(t -> t.getWhat()).containsExactly("device authorisation");
        assertThat(bench.bus.admission(bench.bus.devices().getFirst())).contains(DeviceBus.Admission.NONE);
    }

    @Test
    void aHandBetweenTheLookAndTheActIsToldToo() throws Exception {
        bench.policy("block");
        bench.plug("1-1", "S", stick(), "sda");

        bench.bus.byHandWhenAdmitted("1-1");
        bench.patrol();

        assertThat(bench.tampered)
                .extracting(Tampered::getDetail)
                .containsExactly("1-1 was let in by hand; that was taken back");
        assertThat(bench.bus.admission(bench.bus.devices().getFirst())).contains(DeviceBus.Admission.NONE);
        bench.later();
        assertThat(bench.records.getLast().media().getSuspicionsList()).contains(MediaSuspicion.LET_IN_BY_HAND);
        assertThat(bench.tampered).hasSize(1);
    }

    @Test
    void whatIsPulledBeforeItIsReadIsAnAttempt() throws Exception {
        bench.policy("block");
        bench.bus.pass("1-1", stick());
        bench.loop.run();

        assertThat(bench.records).hasSize(1);
        MediaBench.Recorded record = bench.records.getFirst();
        assertThat(record.media().getVendorId()).isEqualTo("0951");
        assertThat(record.media().getInstance()).isEqualTo("1-1");
        assertThat(record.type()).isEqualTo(MediaClass.OTHER_DEVICE);
        assertThat(record.verdict()).isEqualTo(Verdict.BLOCK);
        assertThat(record.decision().getReason()).isEqualTo(Reason.UNREADABLE);
        assertThat(record.enforcement()).isEqualTo(Enforcement.ENFORCED);
        bench.later();
        assertThat(bench.records).hasSize(1);
        assertThat(bench.people.told()).as("nobody is told of what is gone").isEmpty();
    }

    @Test
    void whatRootShutsOutByHandIsLetInAgainAndTold() throws Exception {
        bench.policy("block", KEYBOARDS);
        bench.plug("1-1.2", "K", keyboard());

        bench.bus.byHand("1-1.2", Set.of("1.0"));
        bench.loop.run();

        assertThat(bench.bus.in("1-1.2")).containsExactlyInAnyOrder("1.0", "1.1");
        assertThat(bench.tampered)
                .extracting(Tampered::getDetail)
                .containsExactly("1-1.2 was shut out by hand; that was taken back");
    }

    @Test
    void aKeyboardThatIsPulledIsNoHandMadeChange() throws Exception {
        bench.policy("block", KEYBOARDS);
        bench.plug("1-1", "", hub());
        bench.plug("1-1.2", "K", keyboard());

        bench.bus.beginToLeave("1-1.2");
        bench.loop.run();
        bench.bus.unplug("1-1.2");
        bench.loop.run();

        assertThat(bench.tampered).isEmpty();
        assertThat(bench.departed).containsExactly("1-1.2");
    }

    @Test
    void aDeviceThatIsGoneBeforeItIsLookedAtIsNoHandMadeChange() throws Exception {
        bench.policy("block", KEYBOARDS);
        bench.plug("1-1.2", "K", keyboard());
        // Listed, and gone when the guard asks what of it is in.
        bench.bus.unplugWhenListed("1-1.2");
        bench.patrol();

        assertThat(bench.tampered).isEmpty();
    }
}
