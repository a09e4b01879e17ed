package org.sekisho.packaging.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sekisho.packaging.vm.GuestTerminal.SOON;

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
 * The control to every test that says that a device was stopped: without the agent each of these devices gets its driver, and the
 * record of the kernel's announcements shows it.
 */
@ExtendWith(GuestTerminal.Shared.class)
class DevicesWithoutAgentIT {
    private VirtualMachine machine;
    private UeventRecord record;

    @BeforeEach
    void record(GuestTerminal terminal) throws Exception {
        machine = terminal.bare();
        record = UeventRecord.open(machine);
    }

    @AfterEach
    void end() throws Exception {
        record.end();
    }

    @Test
    void aStickGetsItsDiskAndIsReadAndWritten() throws Exception {
        machine.plugStick("stick", machine.stick("plain"), "S1");
        shows(Uevent::addsBlockDevice);

        assertThat(machine.output("""
                until [ -b /dev/sda1 ]; do read -r -t 0.2 <> <(:) || true; done
                mount /dev/sda1 /mnt && echo kept >/mnt/file && umount /mnt && mount -o ro /dev/sda1 /mnt && cat /mnt/file
                umount /mnt
                """)).isEqualTo("kept");

        machine.unplug("stick");
        shows(event -> event.action().equals("remove") && event.subsystem().equals("block"));
    }

    @Test
    void aUasDiskIsThereAtOnce() throws Exception {
        Path medium = machine.medium("uas", 16 << 20);
        machine.plugUas("uas", medium);
        shows(Uevent::addsBlockDevice);
        machine.unplug("uas");
    }

    @Test
    void keyboardNetworkAndSerialAdaptersGetTheirDrivers() throws Exception {
        machine.plug("keyboard", "usb-kbd", Map.of());
        machine.netdev("cable");
        machine.plug("net", "usb-net", Map.of("netdev", "cable"));
        machine.chardev("line");
        machine.plug("serial", "usb-serial", Map.of("chardev", "line", "always-plugged", true));

        // HID, communications (RNDIS), vendor-specific (FTDI).
        await().atMost(SOON).untilAsserted(() -> assertThat(bound()).contains("3", "2", "255"));

        List.of("keyboard", "net", "serial").forEach(this::unplug);
    }

    @Test
    void whatComesTogetherThroughAHubIsAllThere() throws Exception {
        machine.plug("hub", "usb-hub", Map.of("port", "4"));
        machine.plug("behind1", "usb-kbd", Map.of("port", "4.1"));
        machine.offer("behind2", machine.medium("behind", 16 << 20));
        machine.plug("behind2", "usb-storage", Map.of("port", "4.2", "drive", "behind2-medium"));

        await().atMost(SOON).untilAsserted(() -> assertThat(bound()).contains("9", "3", "8"));

        List.of("behind1", "behind2", "hub").forEach(this::unplug);
    }

    @Test
    void aKeyboardInAStickTypesAndStores() throws Exception {
        UsbGadget gadget = UsbGadget.make(machine, "bad", "1234", "5678", "B1", "USB DISK")
                .storage(true)
                .keyboard();
        gadget.plug();

        await().atMost(SOON).untilAsserted(() -> assertThat(bound()).contains("3", "8"));
        shows(Uevent::addsBlockDevice);

        gadget.unplug();
    }

    private void shows(java.util.function.Predicate<Uevent> event) {
        await().atMost(SOON).untilAsserted(() -> assertThat(record.all()).anyMatch(event));
    }

    private List<String> bound() throws Exception {
        return record.all().stream()
                .filter(Uevent::bindsFunction)
                .map(Uevent::function)
                .toList();
    }

    private void unplug(String id) {
        try {
            machine.unplug(id);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
