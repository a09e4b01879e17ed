package org.sekisho.packaging.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sekisho.packaging.vm.CheckedStick.media;
import static org.sekisho.packaging.vm.GuardedMachine.suspicions;
import static org.sekisho.packaging.vm.GuestTerminal.SOON;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
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
    void anotherStickInTheSamePlaceIsDecidedAboutAnew() throws Exception {
        UsbGadget stick = UsbGadget.make(machine, "swap", "1209", "0002", "ALLOWED-SWAP", "Stick")
                .storage(false);
        stick.plug();
        await().atMost(SOON).untilAsserted(() -> assertThat(record.all()).anyMatch(Uevent::addsBlockDevice));
        stick.replugAs("SWAPPED");

        JsonNode event = guarded.attempt("SWAPPED", "BLOCK");
        assertThat(suspicions(event)).contains("IDENTITY_CHANGED");
        List<Uevent> all = record.all();
        Uevent second = all.stream().filter(Uevent::addsDevice).toList().getLast();
        assertThat(all.stream().filter(Uevent::addsDevice)).hasSize(2);
        assertThat(all).filteredOn(Uevent::addsBlockDevice).allMatch(disk -> disk.seconds() < second.seconds());
        stick.unplug();
    }

    @Test
    void aStormOfPlugsLetsNothingInAndLeavesTheAgentAsItWas() throws Exception {
        UsbGadget stick = UsbGadget.make(machine, "storm", "1209", "0570", "STORM", "Stick")
                .storage(false);
        long before = memory();
        for (int done = 0; done < STORM; done += WAVE) {
            stick.storm(WAVE);
        }
        stick.plug();

        assertThat(guarded.attempt("STORM", "BLOCK").get("enforced").asBoolean())
                .isTrue();
        long plugs = record.all().stream().filter(Uevent::addsDevice).count();
        assertThat(plugs).as("plugs that the kernel announced").isGreaterThanOrEqualTo(STORM + 1);
        // Most are pulled before the agent can read them.
        await().atMost(SOON).untilAsserted(() -> assertThat(stopped("0570")).isEqualTo(plugs));
        assertThat(record.all()).noneMatch(Uevent::addsBlockDevice);
        assertThat(guarded.bound()).isEmpty();
        assertThat(memory() - before).as("KiB that the agent has grown by").isLessThan(64 << 10);
        stick.replugAs("AFTER");
        guarded.attempt("AFTER", "BLOCK");
        stick.unplug();
    }

    @Test
    void twoWithTheSameSerialNumberAreSaidToBe() throws Exception {
        try (CheckedStick one = CheckedStick.plug(terminal, "TWIN")) {
            guarded.attempt("TWIN", "BLOCK");
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
            guarded.attempt("BYHAND", "BLOCK");
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
            guarded.attempt("ASLEEP", "BLOCK");
            machine.output(WithoutAgentIT.SLEEP);
            UsbGadget after = UsbGadget.make(machine, "after", "1209", "0004", "AWAKE", "Stick")
                    .storage(false);
            after.plug();

            guarded.attempt("AWAKE", "BLOCK");
            assertThat(machine.output(
                            "cat \"$(dirname \"$(grep -lx ASLEEP /sys/bus/usb/devices/*/serial)\")/authorized\""))
                    .isEqualTo("0");
            assertThat(record.all()).noneMatch(Uevent::addsBlockDevice);
            assertThat(stick.isMounted()).isFalse();
            after.unplug();
        }
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
        long before = guarded.blocked("USB_STORAGE").size();
        machine.output("systemctl start sekisho-agent");

        guarded.attemptOf("USB_STORAGE", before);
        assertThat(guarded.bound()).isEmpty();
        assertThat(record.all()).noneMatch(Uevent::addsBlockDevice);
        for (String id : List.of("hung", "killed", "stopped")) {
            machine.unplug(id);
        }
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

    /** Of how many plugs of this product the server has been told that they were stopped. */
    private long stopped(String product) throws Exception {
        return terminal.attempts("MEDIA").stream()
                .filter(event -> media(event).path("productId").asText().equals(product))
                .filter(event -> event.get("verdict").asText().equals("BLOCK"))
                .mapToLong(event -> Math.max(1, event.get("count").asLong()))
                .sum();
    }

    /** Of the service's process, in KiB. */
    private long memory() throws Exception {
        return Long.parseLong(
                machine.output(
                        "sed -n 's/^VmRSS:[[:space:]]*\\([0-9]*\\) kB/\\1/p' /proc/$(systemctl show -p MainPID --value sekisho-agent)/status"));
    }
}
