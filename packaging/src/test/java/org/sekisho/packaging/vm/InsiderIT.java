package org.sekisho.packaging.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sekisho.packaging.vm.CheckedStick.media;
import static org.sekisho.packaging.vm.GuestTerminal.SOON;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.sekisho.packaging.rig.UeventRecord;
import org.sekisho.packaging.rig.UeventRecord.Uevent;
import org.sekisho.packaging.rig.UsbGadget;
import org.sekisho.packaging.rig.VirtualMachine;

/** What somebody tries who has the terminal, and time; with root's rights where it says so. */
@ExtendWith(GuestTerminal.Shared.class)
class InsiderIT {
    /** {@code -Dsekisho.plugs=1000} for a long run. */
    private static final int STORM = Integer.getInteger("sekisho.plugs", 40);

    /** Fewer than take longer than a command may. */
    private static final int WAVE = 20;

    private GuestTerminal terminal;
    private VirtualMachine machine;
    private UeventRecord record;

    @BeforeEach
    void guarded(GuestTerminal shared) throws Exception {
        terminal = shared;
        machine = terminal.atWork();
        terminal.publish(CheckedStick.RULES);
        record = UeventRecord.open(machine);
    }

    @AfterEach
    void end() throws Exception {
        record.end();
    }

    @Test
    void ofAStickThatIsAKeyboardTooOnlyTheKeyboardGetsIn() throws Exception {
        machine.plug("keyboard", "usb-kbd", Map.of());
        await().atMost(SOON).untilAsserted(() -> assertThat(bound()).containsExactly("3"));
        UsbGadget bad = UsbGadget.make(machine, "bad", "1209", "0001", "BAD1", "Friendly")
                .storage(false)
                .keyboard();
        bad.plug();

        JsonNode event = attempt("BAD1", "BLOCK");
        assertThat(media(event).get("mediaClass").asText()).isEqualTo("USB_STORAGE");
        assertThat(suspicions(event)).contains("STORAGE_AND_KEYBOARD");
        assertThat(event.get("severity").asText()).isEqualTo("HIGH");
        // The keyboard is let in by the rule for keyboards, and is an attempt of its own.
        JsonNode second = attempt("BAD1", "ALLOW");
        assertThat(media(second).get("mediaClass").asText()).isEqualTo("KEYBOARD");
        assertThat(suspicions(second)).contains("SECOND_KEYBOARD");
        assertThat(second.get("severity").asText()).isEqualTo("HIGH");
        await().atMost(SOON).untilAsserted(() -> assertThat(bound()).containsExactly("3", "3"));
        assertThat(record.all()).noneMatch(Uevent::addsBlockDevice);
        bad.unplug();
        machine.unplug("keyboard");
    }

    @Test
    void anotherStickInTheSamePlaceIsDecidedAboutAnew() throws Exception {
        UsbGadget stick = UsbGadget.make(machine, "swap", "1209", "0002", "ALLOWED-SWAP", "Stick")
                .storage(false);
        stick.plug();
        await().atMost(SOON).untilAsserted(() -> assertThat(record.all()).anyMatch(Uevent::addsBlockDevice));
        stick.replugAs("SWAPPED");

        JsonNode event = attempt("SWAPPED", "BLOCK");
        assertThat(suspicions(event)).contains("IDENTITY_CHANGED");
        List<Uevent> all = record.all();
        Uevent second = all.stream().filter(Uevent::addsDevice).toList().getLast();
        assertThat(all.stream().filter(Uevent::addsDevice)).hasSize(2);
        assertThat(all).filteredOn(Uevent::addsBlockDevice).allMatch(disk -> disk.seconds() < second.seconds());
        stick.unplug();
    }

    @Test
    void aStormOfPlugsLetsNothingInAndLeavesTheAgentAsItWas() throws Exception {
        UsbGadget stick = UsbGadget.make(machine, "storm", "1209", "0003", "STORM", "Stick")
                .storage(false);
        long before = memory();
        for (int done = 0; done < STORM; done += WAVE) {
            stick.storm(WAVE);
        }
        stick.plug();

        assertThat(attempt("STORM", "BLOCK").get("enforced").asBoolean()).isTrue();
        long plugs = record.all().stream().filter(Uevent::addsDevice).count();
        assertThat(plugs).as("plugs that the kernel announced").isGreaterThanOrEqualTo(STORM + 1);
        // Most are pulled before the agent can read them.
        await().atMost(SOON).untilAsserted(() -> assertThat(stopped("0003")).isEqualTo(plugs));
        assertThat(record.all()).noneMatch(Uevent::addsBlockDevice);
        assertThat(bound()).isEmpty();
        assertThat(memory() - before).as("KiB that the agent has grown by").isLessThan(64 << 10);
        stick.replugAs("AFTER");
        attempt("AFTER", "BLOCK");
        stick.unplug();
    }

    @Test
    void twoWithTheSameSerialNumberAreSaidToBe() throws Exception {
        try (CheckedStick one = CheckedStick.plug(terminal, "TWIN")) {
            attempt("TWIN", "BLOCK");
            machine.plugStick("twin", machine.medium("twin", 16 << 20), "TWIN");
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(terminal.attemptsWith("TWIN"))
                            .anyMatch(event -> suspicions(event).contains("SAME_SERIAL")));
            assertThat(one.isMounted()).isFalse();
            machine.unplug("twin");
        }
    }

    @Test
    void whatRootLetsInByHandIsTakenBackAndReported() throws Exception {
        try (CheckedStick stick = CheckedStick.plug(terminal, "BYHAND")) {
            attempt("BYHAND", "BLOCK");
            machine.output("""
                    device=$(dirname "$(grep -lx BYHAND /sys/bus/usb/devices/*/serial)")
                    echo 1 >$device/authorized
                    for function in $device/*:*; do
                      echo 1 >$function/authorized; echo "${function##*/}" >/sys/bus/usb/drivers_probe || true
                    done
                    """);

            JsonNode tampered = await().atMost(SOON)
                    .until(
                            () -> terminal.events("kind=TAMPERED").stream()
                                    .filter(event ->
                                            event.toString().contains("was let in by hand; that was taken back"))
                                    .toList(),
                            found -> !found.isEmpty())
                    .getFirst();
            stick.gone();
            assertThat(terminal.rest()
                            .get("/api/v1/incidents/" + tampered.get("incident").asLong())
                            .get("kind")
                            .asText())
                    .isEqualTo("TAMPER");
        }
    }

    @Test
    void whatWasOutBeforeTheMachineSleptIsOutAfterwards() throws Exception {
        try (CheckedStick stick = CheckedStick.plug(terminal, "ASLEEP")) {
            attempt("ASLEEP", "BLOCK");
            machine.output(WithoutAgentIT.SLEEP);
            UsbGadget after = UsbGadget.make(machine, "after", "1209", "0004", "AWAKE", "Stick")
                    .storage(false);
            after.plug();

            attempt("AWAKE", "BLOCK");
            assertThat(machine.output(
                            "cat \"$(dirname \"$(grep -lx ASLEEP /sys/bus/usb/devices/*/serial)\")/authorized\""))
                    .isEqualTo("0");
            assertThat(record.all()).noneMatch(Uevent::addsBlockDevice);
            assertThat(stick.isMounted()).isFalse();
            after.unplug();
        }
    }

    private JsonNode attempt(String serial, String verdict) {
        return await().atMost(SOON)
                .until(
                        () -> terminal.attemptsWith(serial).stream()
                                .filter(event -> event.get("verdict").asText().equals(verdict))
                                .toList(),
                        found -> !found.isEmpty())
                .getFirst();
    }

    private static List<String> suspicions(JsonNode event) {
        return StreamSupport.stream(media(event).path("suspicions").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    /** Of how many plugs of this product the server has been told that they were stopped. */
    private long stopped(String product) throws Exception {
        return terminal.attempts("MEDIA").stream()
                .filter(event -> media(event).path("productId").asText().equals(product))
                .filter(event -> event.get("verdict").asText().equals("BLOCK"))
                .mapToLong(event -> Math.max(1, event.get("count").asLong()))
                .sum();
    }

    private List<String> bound() throws Exception {
        return record.all().stream()
                .filter(Uevent::bindsFunction)
                .map(Uevent::function)
                .toList();
    }

    /** Of the service's process, in KiB. */
    private long memory() throws Exception {
        return Long.parseLong(
                machine.output(
                        "sed -n 's/^VmRSS:[[:space:]]*\\([0-9]*\\) kB/\\1/p' /proc/$(systemctl show -p MainPID --value sekisho-agent)/status"));
    }
}
