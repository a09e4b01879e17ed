package org.sekisho.agent.channel.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.sekisho.agent.channel.media.DescriptorBytes.badUsb;
import static org.sekisho.agent.channel.media.DescriptorBytes.hub;
import static org.sekisho.agent.channel.media.DescriptorBytes.keyboard;
import static org.sekisho.agent.channel.media.DescriptorBytes.stick;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sekisho.agent.channel.media.MediaBench.Recorded;
import org.sekisho.v1.ChannelMode;
import org.sekisho.v1.Enforcement;
import org.sekisho.v1.MediaClass;
import org.sekisho.v1.MediaSuspicion;
import org.sekisho.v1.Reason;
import org.sekisho.v1.Severity;
import org.sekisho.v1.Verdict;

/** What gets in, and what does not. */
class MediaGuardTest {
    private static final String KEYBOARDS = "media:\n  classes: [keyboard, pointer]\nverdict: allow";
    private static final String STICKS = "media:\n  classes: [usb-storage]\nverdict: ";

    private final MediaBench bench = new MediaBench();

    @Test
    void withoutAPolicyOnlyKeyboardsAndWhatTheyNeedGetIn() {
        bench.noPolicy();

        bench.plug("1-1", "", hub());
        bench.plug("1-1.1", "K", keyboard());
        bench.plug("1-2", "S", stick(), "sda", "sda1");

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

        bench.plug("1-1", "S", stick(), "sda");

        assertThat(bench.bus.announced).containsExactly("device 1-1");
        assertThat(bench.records).singleElement().satisfies(record -> {
            assertThat(record.decision().getRule()).isEqualTo("rule-1");
            assertThat(record.decision().getReason()).isEqualTo(Reason.RULE_MATCHED);
            assertThat(record.media().getSerial()).isEqualTo("S");
            assertThat(record.media().getInterfacesList()).containsExactly("08:06:50");
            assertThat(record.media().getFunctionsList()).containsExactly("1.0");
        });
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
        bench.plug("1-1", "S", stick(), "sda", "sda1");
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

        bench.plug("1-1", "K", keyboard());

        assertThat(bench.bus.in("1-1")).containsExactlyInAnyOrder("1.0", "1.1");
        bench.broken = false;
        bench.patrol();
        assertThat(bench.records).extracting(Recorded::type).contains(MediaClass.KEYBOARD);
    }

    @Test
    void whatWasPluggedInWaitsForNothingElseThatIsLookedAt() throws Exception {
        bench.policy("block", KEYBOARDS);
        bench.bus.broken = "default";

        bench.plug("1-1", "K", keyboard());
        bench.plug("1-2", "S", stick(), "sda");

        assertThat(bench.bus.in("1-1")).containsExactlyInAnyOrder("1.0", "1.1");
        assertThat(bench.bus.in("1-2")).isEmpty();
        assertThat(bench.guard.state().getMode()).isEqualTo(ChannelMode.MODE_FAILED);
    }

    @Test
    void whatHasMovedToAnotherPlaceIsNotTwo() throws Exception {
        bench.policy("block", KEYBOARDS);
        bench.plug("1-1", "S", stick(), "sda");
        bench.bus.silent = true;
        bench.bus.unplug("1-1");
        bench.bus.silent = false;

        bench.plug("1-2", "S", stick(), "sda");

        assertThat(bench.records.getLast().media().getSuspicionsList()).doesNotContain(MediaSuspicion.SAME_SERIAL);
    }

    @Test
    void nobodyWaitsForTheDiskToType() throws Exception {
        bench.policy("block", KEYBOARDS);
        List<Set<String>> in = new ArrayList<>();
        bench.journal = record -> in.add(bench.bus.in("1-1"));

        bench.plug("1-1", "K", keyboard());

        assertThat(in).isNotEmpty().allSatisfy(then -> assertThat(then).containsExactlyInAnyOrder("1.0", "1.1"));
    }

    @Test
    void ofABadUsbOnlyWhatARuleAllowsGetsIn() throws Exception {
        bench.policy("block", STICKS + "allow");

        bench.plug("1-1", "B", badUsb(), "sda");

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

        bench.plug("1-1", "B", badUsb(), "sda");

        assertThat(bench.bus.in("1-1")).containsExactly("1.1");
        assertThat(bench.bus.announced).noneMatch(what -> what.startsWith("block"));
    }

    @Test
    void aSecondKeyboardWithinSecondsIsAnAttemptOfItsOwn() throws Exception {
        bench.policy("block", KEYBOARDS);
        bench.plug("1-1", "K", keyboard());
        bench.later();
        bench.plug("1-2", "S", stick());
        bench.plug("1-3", "K2", keyboard());

        assertThat(bench.records.getLast()).satisfies(record -> {
            assertThat(record.media().getInstance()).isEqualTo("1-3");
            assertThat(record.media().getSuspicionsList()).containsExactly(MediaSuspicion.SECOND_KEYBOARD);
            assertThat(record.decision().getSeverity()).isEqualTo(Severity.HIGH);
        });
        bench.later();
        bench.plug("1-4", "K3", keyboard());
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
    void twoSticksSwappedFastAreTwoDevices() throws Exception {
        bench.policy("block", STICKS.replace("verdict: ", "  serials: [GOOD]\nverdict: allow"));
        bench.bus.silent = true;
        bench.plug("1-1", "GOOD", stick(), "sda");
        bench.patrol();
        bench.patrol();
        assertThat(bench.volumes).containsExactly("+sda rw");

        // No hint between the two: what is looked at next is another device in the same place.
        bench.bus.unplug("1-1");
        bench.plug("1-1", "BAD", stick(), "sdb");
        bench.patrol();

        assertThat(bench.bus.in("1-1")).isEmpty();
        assertThat(bench.volumes).containsExactly("+sda rw", "-sda after it has gone");
        assertThat(bench.records.getLast().media().getSuspicionsList())
                .containsExactly(MediaSuspicion.IDENTITY_CHANGED);
    }

    @Test
    void twoWithTheSameSerialAreSaidToBe() throws Exception {
        bench.policy("allow");
        bench.plug("1-1", "SAME", stick());
        bench.plug("1-2", "SAME", stick());

        assertThat(bench.records)
                .extracting(r -> r.media().getSuspicionsList().contains(MediaSuspicion.SAME_SERIAL))
                .containsExactly(false, true);
    }

    @Test
    void descriptorsThatMakeNoSenseLetNothingIn() throws Exception {
        bench.policy("allow");
        byte[] torn = java.util.Arrays.copyOf(stick(), 30);

        bench.plug("1-1", "", torn);

        assertThat(bench.bus.in("1-1")).isEmpty();
        assertThat(bench.records).singleElement().satisfies(record -> {
            assertThat(record.verdict()).isEqualTo(Verdict.BLOCK);
            assertThat(record.decision().getReason()).isEqualTo(Reason.UNREADABLE);
        });
    }

    @Test
    void whatIsDeniedStaysSoWhenTheAgentStops() throws Exception {
        bench.policy("block");
        bench.guard.close();

        bench.plug("1-1", "S", stick(), "sda");

        assertThat(bench.bus.announced).containsExactly("device 1-1");
    }
}
