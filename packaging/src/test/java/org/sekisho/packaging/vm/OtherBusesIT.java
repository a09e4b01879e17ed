package org.sekisho.packaging.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sekisho.packaging.vm.CheckedStick.media;
import static org.sekisho.packaging.vm.GuestTerminal.SOON;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.sekisho.packaging.rig.UeventRecord;
import org.sekisho.packaging.rig.UeventRecord.Uevent;
import org.sekisho.packaging.rig.VirtualMachine;

/**
 * What is not on USB, as the kernel's own drivers have it: a card in the machine's slot, a drive with removable media, a radio.
 * {@link WithoutAgentIT} shows that each works where no agent is.
 */
@ExtendWith(GuestTerminal.Shared.class)
class OtherBusesIT {
    /** As QEMU's card has it. */
    private static final String CARD = "0xdeadbeef";

    private static final String CARDS_GET_IN = """
              - id: test-card
                channel: media
                media:
                  classes: [sd-card]
                  serials: ["%s"]
                verdict: audit
            """.formatted(CARD);

    private GuardedMachine guarded;
    private GuestTerminal terminal;
    private VirtualMachine machine;
    private UeventRecord record;

    @BeforeEach
    void guarded(GuestTerminal shared) throws Exception {
        guarded = GuardedMachine.atWork(shared);
        terminal = shared;
        machine = guarded.machine();
        record = guarded.record();
    }

    @AfterEach
    void end() throws Exception {
        if (guarded != null) {
            guarded.end();
        }
    }

    @Test
    void aCardIsNoDiskUntilARuleLetsItIn() throws Exception {
        machine.insertCard(machine.stick("card"));
        JsonNode event = guarded.attemptOf("SD_CARD", 0);

        assertThat(media(event).get("serial").asText()).isEqualTo(CARD);
        assertThat(event.get("enforced").asBoolean()).isTrue();
        assertThat(record.all()).noneMatch(Uevent::addsBlockDevice);

        terminal.publish(CARDS_GET_IN + CheckedStick.RULES);
        String point = await().atMost(SOON).until(() -> CheckedStick.point(machine), found -> !found.isEmpty());
        machine.output("runuser -u alice -- sh -c \"echo memo >'%s/memo.txt'\"".formatted(point));

        terminal.publish(CheckedStick.RULES);
        await().atMost(SOON).until(() -> machine.output("ls /dev/mmcblk* 2>/dev/null || true"), String::isEmpty);
        machine.takeCardOut();
    }

    @Test
    void aDriveWithRemovableMediaIsTakenAway() throws Exception {
        machine.output("modprobe scsi_debug removable=1 dev_size_mb=8");
        // Other tests' card readers are readers on USB.
        JsonNode event = await().atMost(SOON)
                .until(
                        () -> guarded.blocked("CARD_READER").stream()
                                .filter(one -> media(one).get("name").asText().contains("scsi_debug"))
                                .toList(),
                        found -> !found.isEmpty())
                .getFirst();

        assertThat(event.get("enforced").asBoolean()).isTrue();
        assertThat(record.all())
                .as("the kernel has no default for them: it is there for a moment")
                .anyMatch(Uevent::addsBlockDevice);
        await().atMost(SOON).until(() -> machine.output("ls /dev/sd? 2>/dev/null || true"), String::isEmpty);
        machine.output("modprobe -r scsi_debug");
    }

    @Test
    void aRadioIsSwitchedOffAgainAndAgain() throws Exception {
        machine.output(WithoutAgentIT.RADIO);
        guarded.attemptOf("BLUETOOTH", 0);
        assertThat(machine.output(WithoutAgentIT.SWITCH)).isEqualTo("1");

        machine.output("echo 0 >$(echo /sys/class/bluetooth/hci*/rfkill*/soft)");
        await().atMost(SOON).until(() -> machine.output(WithoutAgentIT.SWITCH), "1"::equals);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(terminal.events("kind=TAMPERED"))
                        .anyMatch(told -> told.toString().contains("bluetooth/")));
        machine.output(WithoutAgentIT.NO_RADIO);
    }
}
