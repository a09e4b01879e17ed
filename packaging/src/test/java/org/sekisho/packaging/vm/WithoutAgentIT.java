package org.sekisho.packaging.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sekisho.packaging.vm.GuestTerminal.SOON;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.sekisho.packaging.rig.UeventRecord;
import org.sekisho.packaging.rig.UeventRecord.Uevent;
import org.sekisho.packaging.rig.UsbGadget;
import org.sekisho.packaging.rig.VirtualMachine;

/**
 * What keeps devices out without the agent: from the machine's start on, also for what was plugged in before it; and nothing
 * of it is left once the agent is removed.
 */
@ExtendWith(GuestTerminal.Shared.class)
class WithoutAgentIT {
    private static final String OURS = "/etc/udev/rules.d/59-sekisho-media.rules /usr/lib/sekisho/let-in-keyboard"
            + " /etc/modprobe.d/sekisho-media.conf /etc/default/grub.d/sekisho-media.cfg";

    /** Plugs a radio in that is not on USB, and waits for it. */
    static final String RADIO = """
            modprobe hci_vhci
            setsid tail -f /dev/null 9<>/dev/vhci >/run/radio.log 2>&1 </dev/null & echo $! >/run/radio.pid
            until ls /sys/class/bluetooth/hci*/rfkill*/soft >/dev/null 2>&1; do read -r -t 0.2 <> <(:) || true; done
            """;

    /** Pulls it out. */
    static final String NO_RADIO = "kill $(cat /run/radio.pid)";
    /** Shows whether it is switched off. */
    static final String SWITCH = "cat /sys/class/bluetooth/hci*/rfkill*/soft";

    /** The kernel's own trial: every device sleeps, and is woken five seconds later. */
    static final String SLEEP =
            "echo devices >/sys/power/pm_test; echo freeze >/sys/power/state; echo none >/sys/power/pm_test";

    private static final String SECRET = "kojin bangou 1234-5678-9018";

    @Test
    void bootedWithoutTheAgentNothingGetsInButKeyboardsUntilItIsRemoved(GuestTerminal terminal) throws Exception {
        VirtualMachine machine = terminal.installed();
        machine.output(
                "/opt/sekisho/install-agent.sh --from-kernel --no-start; systemctl -q disable --now sekisho-agent");
        Path stick = machine.stick("boot");
        machine.plugStick("stick", stick, "BOOT");
        machine.plug("keyboard", "usb-kbd", Map.of());
        terminal.reset();

        machine.output(
                "until grep -qs . /sys/bus/usb/drivers/usbhid/*/uevent; do read -r -t 0.2 <> <(:) || true; done");
        assertThat(machine.output("dmesg | grep -c 'New USB device found, idVendor=46f4'"))
                .as("the kernel has seen the stick at boot")
                .isEqualTo("1");
        UeventRecord record = UeventRecord.open(machine);
        machine.plugUas("uas", machine.medium("boot-uas", 16 << 20));
        await().atMost(SOON).untilAsserted(() -> assertThat(record.all()).anyMatch(Uevent::addsDevice));
        machine.plug("keyboard2", "usb-kbd", Map.of());
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(record.all())
                        .anyMatch(event ->
                                event.bindsFunction() && event.function().equals("3")));
        Path card = machine.stick("bare-card");
        machine.output("echo 0 >/sys/bus/mmc/drivers_autoprobe # as an agent leaves it that was killed");
        machine.insertCard(card);
        machine.output("until ls -d /sys/bus/mmc/devices/*:* >/dev/null 2>&1; do read -r -t 0.2 <> <(:) || true; done");
        assertThat(machine.output(
                        "udevadm settle; systemctl is-active sekisho-agent || true; dmesg | grep 'sd [0-9]' || true"))
                .as("the agent, and all disks since the kernel began")
                .isEqualTo("inactive");
        assertThat(record.all()).noneMatch(Uevent::addsBlockDevice);
        assertThat(record.all().stream().filter(Uevent::bindsFunction).map(Uevent::function))
                .containsOnly("3");

        terminal.bare();

        machine.output("until ls /dev/sd?1 >/dev/null 2>&1; do read -r -t 0.2 <> <(:) || true; done");
        assertThat(record.all()).as("the record shows disks").anyMatch(Uevent::addsBlockDevice);
        assertThat(machine.output(
                        "ls " + OURS + " 2>/dev/null || true; udevadm info /dev/sd[ab]1 | grep UDISKS_IGNORE || true"))
                .as("what is left of the agent")
                .isEmpty();
        machine.output("""
                disk=$(echo /dev/sd?1) inner=/run/inner; mkdir $inner
                mount $disk /mnt; echo '%1$s, as a file' >/mnt/a.txt
                mount --bind /mnt /srv; echo '%1$s, by a bind mount' >/srv/b.txt; umount /srv
                unshare --mount sh -c "mount $disk /media; echo '%1$s, in a namespace' >/media/c.txt"
                truncate -s 2M /mnt/image; mkfs.vfat /mnt/image >/dev/null
                mount -o loop /mnt/image $inner; echo '%1$s, in an image' >$inner/d.txt; umount $inner; umount /mnt
                echo '%1$s, past the file system' | dd of=${disk%%1} seek=100 conv=fsync status=none
                """.formatted(SECRET));
        machine.unplug("stick");
        String leaked = Files.readString(stick, StandardCharsets.ISO_8859_1);
        for (String way :
                List.of("as a file", "by a bind mount", "in a namespace", "in an image", "past the file system")) {
            assertThat(leaked).as("on a plain machine everything leaves").contains(SECRET + ", " + way);
        }
        whatIsNotOnUsbIsUsable(machine, card);
        whatIsPluggedInAfterTheMachineSleptIsADisk(machine, record);
        record.end();
        for (String id : List.of("uas", "keyboard", "keyboard2")) {
            machine.unplug(id);
        }
    }

    private static void whatIsNotOnUsbIsUsable(VirtualMachine machine, Path card) throws Exception {
        machine.output("""
                until ls /dev/mmcblk?p1 >/dev/null 2>&1; do read -r -t 0.2 <> <(:) || true; done
                mount /dev/mmcblk?p1 /mnt; echo '%s, on a card' >/mnt/a.txt; umount /mnt
                """.formatted(SECRET));
        machine.takeCardOut();
        assertThat(Files.readString(card, StandardCharsets.ISO_8859_1)).contains(SECRET + ", on a card");

        assertThat(
                        machine.output(
                                "modprobe scsi_debug removable=1 dev_size_mb=8; udevadm settle; cat /sys/block/sd*/device/model"))
                .as("disks, a drive with removable media among them")
                .contains("scsi_debug");
        machine.output("modprobe -r scsi_debug");
        assertThat(machine.output(RADIO + SWITCH)).as("a radio's block").isEqualTo("0");
        machine.output(NO_RADIO);
    }

    private static void whatIsPluggedInAfterTheMachineSleptIsADisk(VirtualMachine machine, UeventRecord record)
            throws Exception {
        machine.output(SLEEP);
        UsbGadget awake = UsbGadget.make(machine, "awake", "1209", "0005", "AWAKE-BARE", "Stick")
                .storage(false);
        awake.plug();
        // Disks that were there before the sleep may be announced anew: they are on other controllers.
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(record.all())
                        .anyMatch(
                                event -> event.addsBlockDevice() && event.path().contains("/dummy_hcd")));
        awake.unplug();
    }
}
