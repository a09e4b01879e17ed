package org.sekisho.packaging.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sekisho.packaging.rig.Distribution;
import org.sekisho.packaging.rig.GuestAgent;
import org.sekisho.packaging.rig.Installation;
import org.sekisho.packaging.rig.Rest;
import org.sekisho.packaging.rig.ServerProcess;
import org.sekisho.packaging.rig.UeventRecord;
import org.sekisho.packaging.rig.UeventRecord.Uevent;
import org.sekisho.packaging.rig.VirtualMachine;

/**
 * Removable devices, in one virtual machine: how long a large copy to a stick takes with the agent against without it, and how
 * long after a keyboard was plugged in its driver has it, against USBGuard. The kernel's own clock says when. Both guards run on
 * one of the machine's two processors ({@link GuestAgent}).
 */
public final class MediaBench {
    private static final int MEGABYTES = 48;
    private static final int COPIES = 5;
    private static final int STICK_MEGABYTES = 2 * MEGABYTES * (COPIES + 1);

    private static final int PLUGS = 15;
    private static final String RULES = """
            rules:
              - id: bench-stick
                channel: media
                media:
                  classes: [usb-storage]
                verdict: allow
            """;

    private final VirtualMachine machine;
    private final ServerProcess server;
    private final Path stick;

    private MediaBench(VirtualMachine machine, ServerProcess server, Path stick) {
        this.machine = machine;
        this.server = server;
        this.stick = stick;
    }

    /** Takes no arguments. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("sekisho-bench-media-");
        Distribution distribution = Distribution.fromSystemProperty();
        try (ServerProcess server = ServerProcess.start(distribution, folder.resolve("server"), Map.of())) {
            Rest rest = server.rest();
            Installation.publish(rest, Installation.template(rest).replace("rules:\n", RULES));
            try (VirtualMachine machine = VirtualMachine.boot(
                    folder.resolve("machine"),
                    Map.of("dist", distribution.home()),
                    List.of(server.portBase(), server.portBase() + 1))) {
                MediaBench bench = new MediaBench(machine, server, machine.stick("bench", STICK_MEGABYTES));
                Figures figures;
                try {
                    figures = bench.measure(Installation.enrolmentToken(rest));
                } finally {
                    Path log = folder.resolve("agent.log");
                    Files.writeString(
                            log,
                            machine.run("journalctl -o short-monotonic -u sekisho-agent")
                                    .text());
                    say("what the agent said is in " + log);
                }
                figures.print();
            }
        }
    }

    private Figures measure(String token) throws IOException, InterruptedException {
        List<Double> without = copies("/mnt", "mount /dev/sda1 /mnt", "rm /mnt/large-* && umount /mnt");
        say("copies without the agent, in MB/s: " + without);

        machine.output("""
                install -d /etc/systemd/system/usbguard.service.d
                printf '[Service]\\nCPUAffinity=1\\n' >/etc/systemd/system/usbguard.service.d/one.conf
                systemctl daemon-reload
                usbguard generate-policy >/etc/usbguard/rules.conf
                echo 'allow with-interface match-all { 03:*:* }' >>/etc/usbguard/rules.conf
                chmod 600 /etc/usbguard/rules.conf
                systemctl unmask usbguard.service && systemctl start usbguard.service
                """);
        List<Double> guard = bindings();
        say("USBGuard, plugged in to driver bound: p50 %.1f ms".formatted(median(guard)));
        machine.output(
                "systemctl stop usbguard.service; for hub in /sys/bus/usb/devices/usb*; do echo 1 >$hub/authorized_default; done");

        GuestAgent.install(machine, token, server.portBase());
        await("journalctl -q -u sekisho-agent | grep -q 'policy revision 1 is enforced'");
        List<Double> ours = bindings();
        say("Sekisho, plugged in to driver bound: p50 %.1f ms".formatted(median(ours)));
        String point = "$(findmnt -n -t fuse.sekisho -o TARGET)";
        List<Double> with =
                copies(point, "until [ -n \"" + point + "\" ]; do read -r -t 0.3 <> <(:) || true; done", "sync");
        say("copies with the agent, in MB/s: " + with);

        return new Figures("media")
                .put("copy_p50_mb_s", median(with))
                .put("copy_min_mb_s", with.getFirst())
                .put("copy_max_mb_s", with.getLast())
                .put("copy_without_agent_p50_mb_s", median(without))
                .put("copy_without_agent_min_mb_s", without.getFirst())
                .put("copy_without_agent_max_mb_s", without.getLast())
                .put("copy_ratio", median(with) / median(without))
                .put("plug_to_bound_p50_ms", median(ours))
                .put("plug_to_bound_max_ms", ours.getLast())
                .put("usbguard_p50_ms", median(guard))
                .put("usbguard_max_ms", guard.getLast())
                .put("plug_ratio", median(ours) / median(guard));
    }

    /**
     * Megabytes a second of one large file to a stick, until the stick has it; of some copies, sorted, after one that warms up.
     * They tell how much the machine itself varies: less than that says nothing about the agent.
     *
     * @param point where people find the stick
     * @param appear waits until it is there
     * @param leave makes it ready to be pulled
     */
    private List<Double> copies(String point, String appear, String leave) throws IOException, InterruptedException {
        machine.plugStick("stick", stick, "BENCH");
        await("test -b /dev/sda1");
        machine.output(appear + "; [ -e /run/large ] || head -c " + MEGABYTES + "M /dev/urandom >/run/large");
        List<Double> speeds = new ArrayList<>();
        for (int i = 0; i <= COPIES; i++) {
            String seconds = machine.output("""
                    set -e
                    point="%1$s"; mountpoint -q "$point"; cd "$point"
                    begin=$(cut -d ' ' -f 1 /proc/uptime)
                    dd if=/run/large of=large-%2$d bs=1M status=none
                    sync large-%2$d
                    end=$(cut -d ' ' -f 1 /proc/uptime)
                    echo "$begin $end\"""".formatted(point, i));
            String[] times = seconds.split(" ", -1);
            if (i > 0) {
                speeds.add(MEGABYTES / (Double.parseDouble(times[1]) - Double.parseDouble(times[0])));
            }
        }
        machine.output(leave);
        machine.unplug("stick");
        speeds.sort(Double::compare);
        return speeds;
    }

    /** From the kernel's announcement of a keyboard to that of its driver, in milliseconds, sorted; the first ones warm up. */
    private List<Double> bindings() throws IOException, InterruptedException {
        List<Double> millis = new ArrayList<>();
        for (int i = -3; i < PLUGS; i++) {
            UeventRecord record = UeventRecord.open(machine);
            machine.plug("keyboard", "usb-kbd", Map.of());
            // By the shell alone, and seldom: what looks in the guest takes the processor from what is measured.
            await("compgen -G '/sys/bus/usb/devices/[0-9]-[1-9]*:1.0/driver' >/dev/null");
            double plugged = 0;
            double bound = 0;
            for (Uevent event : record.all()) {
                plugged = event.addsDevice() ? event.seconds() : plugged;
                bound = event.bindsFunction() ? event.seconds() : bound;
            }
            machine.unplug("keyboard");
            record.end();
            if (i >= 0) {
                millis.add((bound - plugged) * 1_000);
            }
        }
        millis.sort(Double::compare);
        return millis;
    }

    private void await(String condition) throws IOException, InterruptedException {
        machine.output("until %s; do read -r -t 0.3 <> <(:) || true; done".formatted(condition));
    }

    private static double median(List<Double> sorted) {
        return sorted.get(sorted.size() / 2);
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
