package org.sekisho.packaging.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.sekisho.packaging.rig.Installation;

/**
 * What the idle agent costs a terminal: proportional set size (proc_pid_smaps(5), {@code smaps_rollup}) and processor time
 * over sixty seconds, of the service and of one desktop helper, connected to a server, one display guarded. With the agent's
 * own runtime the server runs on another, so that the pages of the JVM itself are shared by service and helper only, as on a
 * terminal; without it they count for less than there.
 */
public final class FootprintBench {
    private static final Duration START = Duration.ofMinutes(1);
    private static final Duration SETTLE = Duration.ofSeconds(30);
    private static final Duration IDLE = Duration.ofMinutes(1);
    /** USER_HZ, which proc_pid_stat(5) counts in, is 100 on every Linux that Java runs on. */
    private static final double TICKS_PER_SECOND = 100;

    private FootprintBench() {}

    /** Takes no arguments. */
    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("sekisho-bench-footprint");
        try (Installation installation = Installation.start(folder, null)) {
            Instant deadline = Instant.now().plus(START);
            while (!installation.guardsTheClipboard()) {
                if (Instant.now().isAfter(deadline)) {
                    throw new IllegalStateException("the server has not heard of a guarded clipboard within " + START
                            + "; it knows of " + installation.terminal().get("channels"));
                }
                pause(Duration.ofMillis(500));
            }
            System.out.println("settling for " + SETTLE.toSeconds() + " s, then measuring " + IDLE.toSeconds() + " s");
            pause(SETTLE);
            Cost service = new Cost(java(installation.agent().handle()));
            Cost helper = new Cost(java(helper(installation.agent().handle())));
            pause(IDLE);
            service.end();
            helper.end();
            new Figures("footprint")
                    .put("service_pss_mb", service.pssMegabytes())
                    .put("service_cpu_percent", service.cpuPercent())
                    .put("helper_pss_mb", helper.pssMegabytes())
                    .put("helper_cpu_percent", helper.cpuPercent())
                    .put("service_pss_ratio_to_aim", service.pssMegabytes() / 75)
                    .put("service_cpu_ratio_to_aim", service.cpuPercent() / 0.2)
                    .put("helper_pss_ratio_to_aim", helper.pssMegabytes() / 45)
                    .print();
        }
    }

    /** The helper among the service's descendants: the one whose command line has the `desktop` command. */
    private static ProcessHandle helper(ProcessHandle service) {
        return service.descendants()
                .filter(process -> commandLine(process).contains("\0desktop\0"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the service has no desktop helper"));
    }

    /** A start script replaces itself by the JVM, so this is the process itself or its only JVM child. */
    private static ProcessHandle java(ProcessHandle process) {
        return List.of(process).stream()
                .filter(candidate -> commandLine(candidate).contains("java"))
                .findFirst()
                .or(() -> process.children().findFirst())
                .orElseThrow();
    }

    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
        } catch (IOException gone) {
            return "";
        }
    }

    private static void pause(Duration time) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(time.toNanos());
    }

    private static final class Cost {
        private final ProcessHandle process;
        private final double startTicks;
        private double cpuPercent;
        private double pssMegabytes;

        private Cost(ProcessHandle process) throws IOException {
            this.process = process;
            this.startTicks = ticks();
        }

        private void end() throws IOException {
            cpuPercent = (ticks() - startTicks) / TICKS_PER_SECOND / IDLE.toSeconds() * 100;
            for (String line : Files.readAllLines(proc("smaps_rollup"))) {
                if (line.startsWith("Pss:")) {
                    pssMegabytes = Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1_000;
                }
            }
        }

        private double ticks() throws IOException {
            String stat = Files.readString(proc("stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return Double.parseDouble(fields[11]) + Double.parseDouble(fields[12]);
        }

        private Path proc(String file) {
            return Path.of("/proc", Long.toString(process.pid()), file);
        }

        private double cpuPercent() {
            return cpuPercent;
        }

        private double pssMegabytes() {
            return pssMegabytes;
        }
    }
}
