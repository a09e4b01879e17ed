package org.sekisho.packaging.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
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
 * long after a keyboard was plugged in it is let in, and its driver has it, against USBGuard. The kernel's own clock says when.
 * Both guards run on one of the machine's two processors ({@link GuestAgent}).
 *
 * <p>Copies go to a stick that is as slow as real ones, and to one that takes all that the machine can send. The latter is no
 * stick that anybody has: what it is slow by is the translated processor that carries the bytes, so that its ratio says what
 * the agent costs of that.
 */
public final class MediaBench {
    private static final int MEGABYTES = 48;
    private static final int COPIES = 5;
    private static final int STICK_MEGABYTES = 4 * MEGABYTES * (COPIES + 1);
    /** What sticks for USB 2.0 take, and many for USB 3 once their cache is full. */
    private static final long STICK_BYTES_PER_SECOND = 10_000_000;
    /** As fast as it goes. */
    private static final long UNLIMITED = 0;

    private static final int PLUGS = 15;
    /** Neither guard is measured at its first plugs. */
    private static final int WARMING_UP = 12;

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
        List<Double> slowWithout = plainCopies(STICK_BYTES_PER_SECOND);
        List<Double> fastWithout = plainCopies(UNLIMITED);

        machine.output("""
                install -d /etc/systemd/system/usbguard.service.d
                printf '[Service]\\nCPUAffinity=1\\n' >/etc/systemd/system/usbguard.service.d/one.conf
                systemctl daemon-reload
                usbguard generate-policy >/etc/usbguard/rules.conf
                echo 'allow with-interface match-all { 03:*:* }' >>/etc/usbguard/rules.conf
                chmod 600 /etc/usbguard/rules.conf
                systemctl unmask usbguard.service && systemctl start usbguard.service
                """);
        Plugs guard = plugs();
        say("USBGuard, plugged in to driver bound: p50 %.1f ms".formatted(median(guard.bound())));
        machine.output(
                "systemctl stop usbguard.service; for hub in /sys/bus/usb/devices/usb*; do echo 1 >$hub/authorized_default; done");

        GuestAgent.install(machine, token, server.portBase());
        await("journalctl -q -u sekisho-agent | grep -q 'policy revision 1 is enforced'");
        Plugs ours = plugs();
        say("Sekisho, plugged in to driver bound: p50 %.1f ms".formatted(median(ours.bound())));
        List<Double> slow = guardedCopies(STICK_BYTES_PER_SECOND);
        List<Double> fast = guardedCopies(UNLIMITED);

        Figures figures = new Figures("media");
        put(figures, "copy", slow, slowWithout);
        put(figures, "copy_unlimited", fast, fastWithout);
        return figures.put("plug_to_verdict_p50_ms", median(ours.verdict()))
                .put("plug_to_verdict_max_ms", ours.verdict().getLast())
                .put("usbguard_verdict_p50_ms", median(guard.verdict()))
                .put("usbguard_verdict_max_ms", guard.verdict().getLast())
                .put("plug_ratio", median(ours.verdict()) / median(guard.verdict()))
                .put("plug_to_bound_p50_ms", median(ours.bound()))
                .put("plug_to_bound_max_ms", ours.bound().getLast())
                .put("usbguard_bound_p50_ms", median(guard.bound()))
                .put("usbguard_bound_max_ms", guard.bound().getLast())
                .put("plug_to_bound_ratio", median(ours.bound()) / median(guard.bound()));
    }

    private static void put(Figures figures, String name, List<Double> with, List<Double> without) {
        figures.put(name + "_p50_mb_s", median(with))
                .put(name + "_min_mb_s", with.getFirst())
                .put(name + "_max_mb_s", with.getLast())
                .put(name + "_without_agent_p50_mb_s", median(without))
                .put(name + "_without_agent_min_mb_s", without.getFirst())
                .put(name + "_without_agent_max_mb_s", without.getLast())
                .put(name + "_ratio", median(with) / median(without));
    }

    private List<Double> plainCopies(long bytesPerSecond) throws IOException, InterruptedException {
        List<Double> speeds = copies(bytesPerSecond, "/mnt", "mount /dev/sda1 /mnt", "rm /mnt/large-* && umount /mnt");
        say("copies without the agent, in MB/s: " + speeds);
        return speeds;
    }

    private List<Double> guardedCopies(long bytesPerSecond) throws IOException, InterruptedException {
        String point = "$(findmnt -n -t fuse.sekisho -o TARGET)";
        List<Double> speeds = copies(
                bytesPerSecond,
                point,
                "until [ -n \"" + point + "\" ]; do read -r -t 0.3 <> <(:) || true; done",
                "sync");
        say("copies with the agent, in MB/s: " + speeds);
        return speeds;
    }

    /**
     * Megabytes a second of one large file to a stick, until the stick has it; of some copies, sorted, after one that warms up.
     * They tell how much the machine itself varies: less than that says nothing about the agent.
     *
     * @param bytesPerSecond that the stick takes
     * @param point where people find the stick
     * @param appear waits until it is there
     * @param leave makes it ready to be pulled
     */
    private List<Double> copies(long bytesPerSecond, String point, String appear, String leave)
            throws IOException, InterruptedException {
        if (bytesPerSecond == UNLIMITED) {
            machine.plugStick("stick", stick, "BENCH");
        } else {
            machine.plugSlowStick("stick", stick, "BENCH", bytesPerSecond);
        }
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

    /**
     * What plugs of a keyboard took, each list sorted.
     *
     * @param verdict milliseconds from the kernel's announcement of the device to that of its function, which is there once
     *     the device has been authorised
     * @param bound the same to that of its driver, most of which the kernel takes
     */
    private record Plugs(List<Double> verdict, List<Double> bound) {
        Plugs {
            verdict = verdict.stream().sorted().toList();
            bound = bound.stream().sorted().toList();
        }
    }

    /** The first ones warm up. */
    private Plugs plugs() throws IOException, InterruptedException {
        List<Double> verdict = new ArrayList<>();
        List<Double> bound = new ArrayList<>();
        for (int i = -WARMING_UP; i < PLUGS; i++) {
            UeventRecord record = UeventRecord.open(machine);
            machine.plug("keyboard", "usb-kbd", Map.of());
            // By the shell alone, and seldom: what looks in the guest takes the processor from what is measured.
            await("compgen -G '/sys/bus/usb/devices/[0-9]-[1-9]*:1.0/driver' >/dev/null");
            List<Uevent> all = record.all();
            machine.unplug("keyboard");
            record.end();
            if (i >= 0) {
                double plugged = last(all, Uevent::addsDevice);
                verdict.add((last(all, Uevent::addsFunction) - plugged) * 1_000);
                bound.add((last(all, Uevent::bindsFunction) - plugged) * 1_000);
            }
        }
        return new Plugs(verdict, bound);
    }

    /** When the last of these was announced. */
    private static double last(List<Uevent> all, Predicate<Uevent> which) {
        return all.stream().filter(which).mapToDouble(Uevent::seconds).max().orElseThrow();
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
