package org.sekisho.packaging.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
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
    private GuestTerminal terminal;
    private VirtualMachine machine;
    private UeventRecord record;

    @BeforeEach
    void guarded(GuestTerminal shared) throws Exception {
        terminal = shared;
        machine = terminal.installed();
        terminal.publish(CheckedStick.RULES);
        record = UeventRecord.open(machine);
    }

    @AfterEach
    void end() throws Exception {
        if (record != null) {
            record.end();
        }
    }

    @Test
    void neitherIsAUasDisk() throws Exception {
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
    void aControllersOwnHubWorksAlsoWhenItWasShutBeforeItsFunctionWasMade() throws Exception {
        machine.output("modprobe dummy_hcd; " + OWN_HUB + "until [ -e \"$(own_hub)/driver\" ]; do pause; done");
        machine.output(OWN_HUB + "echo 0 >\"$(own_hub)/authorized\"");
        // The agent hears that the driver has left.
        machine.output(OWN_HUB + "until [ -e \"$(own_hub)/driver\" ]; do pause; done");
        assertThat(record.all())
                .filteredOn(
                        event -> event.action().endsWith("bind") && event.path().endsWith("-0:1.0"))
                .extracting(Uevent::action)
                .as("the driver left, and came again")
                .endsWith("unbind", "bind");

        // Without the agent udev does it.
        machine.output("systemctl stop sekisho-agent");
        machine.output(OWN_HUB + """
                echo 0 >"$(own_hub)/authorized"
                [ ! -e "$(own_hub)/driver" ] || exit 3
                echo add >"$(own_hub)/uevent"
                until [ -e "$(own_hub)/driver" ]; do pause; done
                """);
        machine.output("systemctl start sekisho-agent");
    }

    private static final String OWN_HUB = """
            pause() { read -r -t 0.2 <> <(:) || true; }
            own_hub() { echo /sys/devices/platform/dummy_hcd.0/usb*/*-0:1.0; }
            """;

    @Test
    void behindAHubEachDeviceIsDecidedAboutForItself() throws Exception {
        long before = blocked("USB_STORAGE");
        machine.plug("hub", "usb-hub", Map.of("port", "4"));
        await().atMost(SOON).untilAsserted(() -> assertThat(bound()).contains("9"));
        machine.plug("behind1", "usb-kbd", Map.of("port", "4.1"));
        machine.offer("behind2", machine.medium("hubbed", 16 << 20));
        machine.plug("behind2", "usb-storage", Map.of("port", "4.2", "drive", "behind2-medium", "serial", "H1"));

        await().atMost(SOON).untilAsserted(() -> assertThat(bound()).contains("3"));
        await().atMost(SOON).until(() -> blocked("USB_STORAGE") > before);
        assertThat(bound()).doesNotContain("8");
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
        await().atMost(SOON)
                .until(() -> terminal.attempts("MEDIA").stream()
                        .anyMatch(event -> event.get("verdict").asText().equals("READ_ONLY")));
        machine.unplug("stick");
    }

    @Test
    void whatIsPluggedWhileTheAgentIsKilledHungOrStoppedStaysOut() throws Exception {
        // By the socket udev's rule knows whether keyboards are its own business.
        String pid =
                machine.output("[ -S /run/sekisho/agent.sock ] && systemctl show -p MainPID --value sekisho-agent");
        machine.output("kill -STOP " + pid);
        machine.plugUas("hung", machine.medium("hung", 16 << 20));
        await().atMost(SOON).untilAsserted(() -> assertThat(record.all()).anyMatch(Uevent::addsDevice));
        machine.output("kill -KILL " + pid);
        machine.plugUas("killed", machine.medium("killed", 16 << 20));
        machine.output("systemctl stop sekisho-agent && [ ! -e /run/sekisho ]");
        machine.plugUas("stopped", machine.medium("stopped", 16 << 20));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(record.all().stream().filter(Uevent::addsDevice))
                        .hasSize(3));
        long before = blocked("USB_STORAGE");
        machine.output("systemctl start sekisho-agent");

        await().atMost(SOON).until(() -> blocked("USB_STORAGE") > before);
        assertThat(bound()).isEmpty();
        assertThat(record.all()).noneMatch(Uevent::addsBlockDevice);
        for (String id : List.of("hung", "killed", "stopped")) {
            machine.unplug(id);
        }
    }

    private static final String DISK = "until [ -b /dev/sda1 ]; do read -r -t 0.2 <> <(:) || true; done; ";

    /** Plugging, as something that can fail. */
    @FunctionalInterface
    private interface Plugging {
        void plug() throws IOException, InterruptedException;
    }

    private void stopped(String type, Plugging plugging) throws Exception {
        long before = blocked(type);
        plugging.plug();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(blocked(type)).as(type).isGreaterThan(before));

        JsonNode event = newest(type);
        assertThat(event.get("enforced").asBoolean()).isTrue();
        assertThat(event.get("severity").asText()).isEqualTo("HIGH");
        assertThat(event.at("/detail/attempt/decision/reason").asText()).isEqualTo("CHANNEL_DEFAULT");
        assertThat(bound()).as("drivers that took something of it").isEmpty();
        assertThat(record.all()).noneMatch(Uevent::addsBlockDevice);
    }

    private long blocked(String type) throws IOException, InterruptedException {
        return terminal.attempts("MEDIA").stream()
                .filter(event -> isBlock(event, type))
                .count();
    }

    private JsonNode newest(String type) throws IOException, InterruptedException {
        return terminal.attempts("MEDIA").stream()
                .filter(event -> isBlock(event, type))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isBlock(JsonNode event, String type) {
        return event.path("verdict").asText().equals("BLOCK")
                && event.at("/detail/attempt/attempt/media/mediaClass").asText().equals(type);
    }

    private List<String> bound() throws IOException, InterruptedException {
        return record.all().stream()
                .filter(Uevent::bindsFunction)
                .map(Uevent::function)
                .toList();
    }
}
