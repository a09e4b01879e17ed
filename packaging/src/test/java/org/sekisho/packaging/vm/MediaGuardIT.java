package org.sekisho.packaging.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sekisho.packaging.vm.CheckedStick.media;
import static org.sekisho.packaging.vm.GuardedMachine.isA;
import static org.sekisho.packaging.vm.GuardedMachine.suspicions;
import static org.sekisho.packaging.vm.GuestTerminal.SOON;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.sekisho.packaging.rig.UeventRecord;
import org.sekisho.packaging.rig.UeventRecord.Uevent;
import org.sekisho.packaging.rig.UsbGadget;
import org.sekisho.packaging.rig.VirtualMachine;

/**
 * Devices that are plugged into a guarded terminal. What was stopped never had a driver or a disk, not even for a moment: the whole
 * record of the kernel's announcements says so; and the server knows of it.
 */
@ExtendWith(GuestTerminal.Shared.class)
class MediaGuardIT {
    private GuardedMachine guarded;
    private GuestTerminal terminal;
    private VirtualMachine machine;
    private UeventRecord record;

    @BeforeEach
    void guarded(GuestTerminal shared) throws Exception {
        guarded = GuardedMachine.idle(shared);
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
    void aStickIsNeverADiskWhateverProtocolItSpeaks() throws Exception {
        stopped("USB_STORAGE", () -> machine.plugStick("bulk", machine.stick("bulk"), "BULK"));
        machine.unplug("bulk");
        stopped("USB_STORAGE", () -> machine.plugUas("uas", machine.medium("uas", 16 << 20)));
        machine.unplug("uas");
    }

    @Test
    void aPhoneANetworkAdapterAndASerialPortGetNoDriver() throws Exception {
        Path files = Files.createDirectories(terminal.folder().resolve("phone"));
        stopped("PHONE", () -> machine.plug("phone", "usb-mtp", Map.of("rootdir", files.toString())));
        machine.unplug("phone");
        machine.netdev("outside");
        stopped("NETWORK_ADAPTER", () -> machine.plug("net", "usb-net", Map.of("netdev", "outside")));
        machine.unplug("net");
        machine.chardev("outline");
        stopped(
                "SERIAL_PORT",
                () -> machine.plug("serial", "usb-serial", Map.of("chardev", "outline", "always-plugged", true)));
        machine.unplug("serial");
    }

    @Test
    void aCardReaderOnAControllerThatCameLaterIsNeverADisk() throws Exception {
        UsbGadget reader = UsbGadget.make(machine, "reader", "0bda", "0158", "C1", "Card Reader")
                .storage(true);
        stopped("CARD_READER", reader::plug);
        reader.unplug();
    }

    @Test
    void ofAStickThatIsAKeyboardTooOnlyTheKeyboardGetsIn() throws Exception {
        machine.plug("keyboard", "usb-kbd", Map.of());
        await().atMost(SOON).untilAsserted(() -> assertThat(guarded.bound()).containsExactly("3"));
        UsbGadget bad = UsbGadget.make(machine, "bad", "1209", "0001", "BAD1", "Friendly")
                .storage(false)
                .keyboard();
        bad.plug();

        JsonNode event = guarded.attempt("BAD1", "BLOCK");
        assertThat(media(event).get("mediaClass").asText()).isEqualTo("USB_STORAGE");
        assertThat(suspicions(event)).contains("STORAGE_AND_KEYBOARD");
        assertThat(event.get("severity").asText()).isEqualTo("HIGH");
        // The keyboard is let in by the rule for keyboards, and is an attempt of its own.
        JsonNode second = guarded.attempt("BAD1", "ALLOW");
        assertThat(media(second).get("mediaClass").asText()).isEqualTo("KEYBOARD");
        assertThat(suspicions(second)).contains("SECOND_KEYBOARD");
        assertThat(second.get("severity").asText()).isEqualTo("HIGH");
        await().atMost(SOON).untilAsserted(() -> assertThat(guarded.bound()).containsExactly("3", "3"));
        assertThat(record.all()).noneMatch(Uevent::addsBlockDevice);
        bad.unplug();
        machine.unplug("keyboard");
    }

    @Test
    void devicesComeBeforeTheAgentsOtherWork() throws Exception {
        String threads = machine.output("ps -L -o ni= -o comm= -p $(systemctl show -p MainPID --value sekisho-agent)");
        assertThat(threads.lines().map(String::strip))
                .as("nice values that the unit and the JVM came to")
                .contains("-5 uevents", "-5 media", "-5 watchdog", "0 journal")
                .anyMatch(line -> line.matches("10 C1 Compiler.*"));
    }

    @Test
    void behindAHubEachDeviceIsDecidedAboutForItself() throws Exception {
        long before = guarded.blocked("USB_STORAGE").size();
        machine.plug("hub", "usb-hub", Map.of("port", "4"));
        await().atMost(SOON).untilAsserted(() -> assertThat(guarded.bound()).contains("9"));
        machine.plug("behind1", "usb-kbd", Map.of("port", "4.1"));
        machine.offer("behind2", machine.medium("hubbed", 16 << 20));
        machine.plug("behind2", "usb-storage", Map.of("port", "4.2", "drive", "behind2-medium", "serial", "H1"));

        await().atMost(SOON).untilAsserted(() -> assertThat(guarded.bound()).contains("3"));
        guarded.attemptOf("USB_STORAGE", before);
        assertThat(guarded.bound()).doesNotContain("8");
        assertThat(record.all()).noneMatch(Uevent::addsBlockDevice);
        for (String id : List.of("behind1", "behind2", "hub")) {
            machine.unplug(id);
        }
    }

    @Test
    void rootDoesNotGetAroundReadOnly() throws Exception {
        machine.plugStick("stick", machine.stick("read"), "READONLY");
        machine.output(
                DISK + "until [ \"$(blockdev --getro /dev/sda)\" = 1 ]; do read -r -t 0.2 <> <(:) || true; done");

        assertThat(record.all())
                .as("the record shows a disk where there is one")
                .anyMatch(Uevent::addsBlockDevice);
        machine.output("mount -o ro /dev/sda1 /mnt && ls /mnt");
        assertThat(machine.run("mount -o remount,rw /mnt").exit())
                .as("remount,rw")
                .isNotZero();
        assertThat(machine.run("dd if=/dev/zero of=/dev/sda bs=512 count=1 conv=fsync")
                        .exit())
                .as("dd")
                .isNotZero();
        assertThat(machine.run("dd if=/dev/zero of=/dev/sda1 bs=512 count=1 conv=fsync")
                        .exit())
                .as("dd")
                .isNotZero();
        machine.output("umount /mnt");
        await().atMost(SOON).until(() -> terminal.attempts("MEDIA").stream().anyMatch(isA("READ_ONLY")));
        machine.unplug("stick");
    }

    private static final String DISK = "until [ -b /dev/sda1 ]; do read -r -t 0.2 <> <(:) || true; done; ";

    /** Plugging, as something that can fail. */
    @FunctionalInterface
    private interface Plugging {
        void plug() throws IOException, InterruptedException;
    }

    private void stopped(String type, Plugging plugging) throws Exception {
        long before = guarded.blocked(type).size();
        plugging.plug();

        JsonNode event = guarded.attemptOf(type, before);
        assertThat(event.get("enforced").asBoolean()).isTrue();
        assertThat(event.get("severity").asText()).isEqualTo("HIGH");
        assertThat(event.at("/detail/attempt/decision/reason").asText()).isEqualTo("CHANNEL_DEFAULT");
        assertThat(guarded.bound()).as("drivers that took something of it").isEmpty();
        assertThat(record.all()).noneMatch(Uevent::addsBlockDevice);
    }
}
